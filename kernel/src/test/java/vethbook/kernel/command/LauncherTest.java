package vethbook.kernel.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the launcher script does about packages, with an apt of this test's own: it has the packages
 * named in {@code HAS}, refuses all when it is asked for another one, and notes what it is told.
 */
class LauncherTest {
  private static final String APT_GET =
      """
      echo "$*" >> "$CALLS"
      asked=
      for word in "$@"; do
        case $word in
          -*) ;;
          install | update) asked=$word ;;
          *) [[ $asked != install || " $HAS " == *" $word "* ]] ||
            { echo "E: Unable to locate package $word"; exit 100; } ;;
        esac
      done
      [[ -z ${BROKEN:-} || $asked != install ]] || { echo "E: the disk is full"; exit 100; }
      """;
  private static final String APT_CACHE =
      """
      if [[ " $HAS " == *" $2 "* ]]; then echo "  Candidate: 1.0"; else echo "  Candidate: (none)"; fi
      """;

  @TempDir Path folder;

  /** The launcher without its last line, which would run a command. */
  @BeforeEach
  void prepare() throws IOException {
    String launcher = Files.readString(Path.of("..", "vethbook"));
    assertThat(launcher).endsWith("\nmain \"$@\"\n");
    Files.writeString(
        folder.resolve("functions"), launcher.substring(0, launcher.lastIndexOf("main \"$@\"")));
    program("apt-get", APT_GET);
    program("apt-cache", APT_CACHE);
    program("sudo", "exec \"$@\"\n");
  }

  private void program(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/bash\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** What the launcher prints when it runs these of its functions. */
  private String run(String functions, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", ". \"$FOLDER/functions\"; install_deps=yes; " + functions);
    builder.environment().put("FOLDER", folder.toString());
    builder.environment().put("CALLS", folder.resolve("calls").toString());
    builder.environment().merge("PATH", folder.toString(), (path, own) -> own + ":" + path);
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  private List<String> installs() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls)
        ? Files.readAllLines(calls).stream().filter(call -> call.contains(" install ")).toList()
        : List.of();
  }

  @Test
  void packagesThatAreThereAreInstalledAtOnce() throws Exception {
    String printed = run("want wrk fping", Map.of("HAS", "wrk fping"));

    assertThat(printed).isEqualTo("vethbook: installing wrk fping\n");
    assertThat(installs()).singleElement().asString().endsWith(" wrk fping");
  }

  @Test
  void onesThatTheDistributionLacksAreNamedAndTheOthersInstalled() throws Exception {
    String printed = run("want wrk sockperf fping linux-perf", Map.of("HAS", "wrk fping"));

    assertThat(printed)
        .contains("vethbook: this distribution has no package sockperf linux-perf; going on")
        .doesNotContain("could not be installed");
    assertThat(installs().get(installs().size() - 1)).endsWith(" wrk fping");
  }

  @Test
  void noneThatTheDistributionHasIsSaidAndNoMistake() throws Exception {
    String printed = run("want sockperf; echo went on", Map.of("HAS", ""));

    assertThat(printed)
        .contains("this distribution has no package sockperf; going on without")
        .endsWith("went on\n");
    assertThat(installs()).allMatch(call -> call.endsWith(" sockperf"));
  }

  @Test
  void anotherFailureOfAptIsShownAndDoesNotEndTheLauncher() throws Exception {
    String printed = run("want wrk; echo went on", Map.of("HAS", "wrk", "BROKEN", "yes"));

    assertThat(printed)
        .contains("E: the disk is full", "could not be installed: wrk; going on without")
        .doesNotContain("has no package")
        .endsWith("went on\n");
  }

  @Test
  void nothingWantedAsksNobody() throws Exception {
    assertThat(run("want", Map.of("HAS", ""))).isEmpty();
    assertThat(folder.resolve("calls")).doesNotExist();
  }
}
