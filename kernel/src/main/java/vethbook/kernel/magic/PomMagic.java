package vethbook.kernel.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.maven.PomText;

/** {@code %%loadFromPOM}: what a POM, or a piece of one, depends on. */
final class PomMagic implements Magic {
  private static final Set<String> SCOPES = Set.of("compile", "runtime", "system", "import");

  private final NotebookLibraries libraries;

  PomMagic(NotebookLibraries libraries) {
    this.libraries = libraries;
  }

  @Override
  public List<String> names() {
    return List.of("loadFromPOM", "pom");
  }

  @Override
  public List<String> usage() {
    return List.of("%loadFromPOM FILE [SCOPE...]", "%%loadFromPOM [SCOPE...]");
  }

  @Override
  public String summary() {
    return "Gets the libraries that a POM depends on; over a cell, pieces such as <dependency> and "
        + "<repository> are enough.";
  }

  @Override
  public boolean showsItsValue() {
    return false;
  }

  @Override
  public @Nullable Object line(Call call) {
    List<String> words = call.words();
    if (words.isEmpty()) {
      throw new MagicException("Cannot load no POM", "write " + usage().get(0));
    }
    Path file = Path.of(words.get(0));
    if (!Files.isRegularFile(file)) {
      throw new MagicException(
          "Cannot find POM " + file, "it is looked for in " + Path.of("").toAbsolutePath());
    }
    return load(file, words.subList(1, words.size()));
  }

  @Override
  public @Nullable Object cell(Call call, String body) throws IOException {
    Path file = Files.createTempFile("notebook", ".xml");
    try {
      Files.writeString(file, PomText.complete(body));
      return load(file, call.words());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private List<String> load(Path pom, List<String> scopes) {
    Set<String> wanted = scopes.isEmpty() ? SCOPES : scopes.stream().collect(Collectors.toSet());
    return libraries.add(libraries.maven().get(pom, wanted)).stream().map(Path::toString).toList();
  }
}
