package vethbook.kernel.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where kernels are looked for, and which comes first. */
final class KernelspecsTest {
  @TempDir Path directory;

  private void install(String place, String name, String json) throws Exception {
    Path folder = Files.createDirectories(directory.resolve(place).resolve("kernels/" + name));
    Files.writeString(folder.resolve("kernel.json"), json);
  }

  private static String spec(String display) {
    return "{\"argv\": [\"run-it\", \"-f\", \"{connection_file}\", \"{resource_dir}/x\"],"
        + " \"display_name\": \"%s\", \"language\": \"Lang\"}".formatted(display);
  }

  @Test
  void theFirstPlaceOfJupytersPathWins() throws Exception {
    install("one", "k", spec("of the path"));
    install("home/.local/share/jupyter", "k", spec("of the user"));
    install("home/.local/share/jupyter", "Other", spec("of the user"));
    install("venv/share/jupyter", "other", spec("of the environment"));
    install("prefix/share/jupyter", "third", spec("of a program's prefix"));
    Kernelspecs found =
        Kernelspecs.in(
            Map.of(
                "JUPYTER_PATH",
                directory.resolve("missing") + ":" + directory.resolve("one"),
                "HOME",
                directory.resolve("home").toString(),
                "VIRTUAL_ENV",
                directory.resolve("venv").toString(),
                "PATH",
                "/nowhere:" + directory.resolve("prefix/bin")));

    assertThat(found.find("k", "").orElseThrow().displayName()).isEqualTo("of the path");
    assertThat(found.find("OTHER", "").orElseThrow().displayName()).isEqualTo("of the user");
    assertThat(found.find("third", "").orElseThrow().displayName()).contains("prefix");
    assertThat(found.find("", "lang").orElseThrow().name()).isEqualTo("k");
    assertThat(found.find("fourth", "lang")).isEmpty(); // who names one means that one
  }

  @Test
  void aFolderOfOnesOwnReplacesThatBelowHome() throws Exception {
    install("data", "k", spec("there"));
    install("xdg/jupyter", "k", spec("not there"));
    Kernelspecs found =
        Kernelspecs.in(
            Map.of(
                "JUPYTER_DATA_DIR", directory.resolve("data").toString(),
                "XDG_DATA_HOME", directory.resolve("xdg").toString()));

    assertThat(found.find("k", "").orElseThrow().displayName()).isEqualTo("there");
  }

  @Test
  void whatIsNoKernelspecIsPassedOver() throws Exception {
    install("one", "broken", "{");
    install("one", "empty", "{}");
    install("one", "messages", "{\"argv\": [\"x\"], \"interrupt_mode\": \"message\"}");
    Kernelspecs found = Kernelspecs.in(Map.of("JUPYTER_PATH", directory.resolve("one").toString()));

    assertThat(found.find("broken", "")).isEmpty();
    assertThat(found.find("empty", "")).isEmpty();
    assertThat(found.find("messages", "").orElseThrow().isInterruptedByMessage()).isTrue();
    assertThat(found.find("messages", "").orElseThrow().displayName()).isEqualTo("messages");
  }

  @Test
  void theCommandHasItsPlacesFilledIn() throws Exception {
    install("one", "k", spec("k"));
    Kernelspecs found = Kernelspecs.in(Map.of("JUPYTER_PATH", directory.resolve("one").toString()));
    Kernelspec kernel = found.find("k", "").orElseThrow();

    assertThat(kernel.command(Path.of("/c.json")))
        .containsExactly("run-it", "-f", "/c.json", directory.resolve("one/kernels/k") + "/x");
    assertThat(found.missingProgram(kernel)).contains("run-it");
  }
}
