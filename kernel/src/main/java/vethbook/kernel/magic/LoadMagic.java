package vethbook.kernel.magic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code %load}: runs a file or the cells of a notebook as part of this one. */
final class LoadMagic implements Magic {
  private static final Map<String, String> LANGUAGES =
      Map.of("groovy", "groovy", "java", "java", "jsh", "java", "jshell", "java");

  @Override
  public List<String> names() {
    return List.of("load", "run");
  }

  @Override
  public List<String> usage() {
    return List.of("%load FILE");
  }

  @Override
  public String summary() {
    return "Runs a Groovy or Java file (.groovy, .java, .jsh), or the code cells of a notebook "
        + "(.ipynb), as if their text stood here.";
  }

  @Override
  public @Nullable Object line(Call call) throws Throwable {
    if (call.text().isEmpty()) {
      throw new MagicException("Cannot load no file", "write " + usage().get(0));
    }
    Path file = Path.of(call.words().get(0));
    String text = read(file);
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".ipynb")) {
      return notebook(call, file, text);
    }
    String language =
        LANGUAGES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), call.language());
    return call.cells().run(text, language, call.number());
  }

  private static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new MagicException(
          "Cannot load " + file + ": there is no such file",
          "it is looked for in " + Path.of("").toAbsolutePath());
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new MagicException("Cannot load " + file + ": it is no text", null, e);
    }
  }

  private static @Nullable Object notebook(Call call, Path file, String text) throws Throwable {
    JsonNode root = new ObjectMapper().readTree(text);
    String written =
        root.path("metadata").path("kernelspec").path("language").asText(call.language());
    String language = written.toLowerCase(Locale.ROOT);
    if (!LANGUAGES.containsValue(language)) {
      throw new MagicException("Cannot load " + file + ": it is written in " + written, null);
    }
    Object value = null;
    for (JsonNode cell : root.path("cells")) {
      if (cell.path("cell_type").asText().equals("code")) {
        value = call.cells().run(source(cell.path("source")), language, call.number());
      }
    }
    return value;
  }

  /** nbformat stores texts as a string or as a list of lines. */
  private static String source(JsonNode lines) {
    if (!lines.isArray()) {
      return lines.asText();
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.asText()));
    return text.toString();
  }
}
