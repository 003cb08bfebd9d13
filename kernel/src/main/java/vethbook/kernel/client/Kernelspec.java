package vethbook.kernel.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vethbook.kernel.protocol.Json;

/**
 * A kernel that is installed for Jupyter.
 *
 * @param name as notebooks name it
 * @param folder where its {@code kernel.json} is
 * @param argv what starts it, with places to fill in
 * @param isInterruptedByMessage false where a signal does it (SIGINT)
 * @see "https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs"
 */
public record Kernelspec(
    String name,
    Path folder,
    List<String> argv,
    Map<String, String> environment,
    String language,
    String displayName,
    boolean isInterruptedByMessage) {

  /** What a folder holds; empty where Jupyter would not offer it either. */
  static Optional<Kernelspec> read(Path folder) {
    Path file = folder.resolve("kernel.json");
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    JsonNode json;
    try {
      json = Json.read(Files.readString(file));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> argv = new ArrayList<>();
    json.path("argv").forEach(word -> argv.add(word.asText()));
    if (argv.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> environment = new LinkedHashMap<>();
    json.path("env")
        .properties()
        .forEach(one -> environment.put(one.getKey(), one.getValue().asText()));
    String name = String.valueOf(folder.getFileName()).toLowerCase(Locale.ROOT);
    return Optional.of(
        new Kernelspec(
            name,
            folder,
            List.copyOf(argv),
            Map.copyOf(environment),
            json.path("language").asText(""),
            json.path("display_name").asText(name),
            json.path("interrupt_mode").asText("signal").equals("message")));
  }

  /** What starts it with this connection file. */
  List<String> command(Path connectionFile) {
    return argv.stream()
        .map(
            word ->
                word.replace("{connection_file}", connectionFile.toString())
                    .replace("{resource_dir}", folder.toString()))
        .toList();
  }
}
