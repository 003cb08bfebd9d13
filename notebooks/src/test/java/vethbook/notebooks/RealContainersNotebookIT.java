package vethbook.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.dsl.DockerDaemon;
import vethbook.linux.process.Command;

/** The notebooks that use containers of Docker's, with an engine that the test starts. */
class RealContainersNotebookIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir private static Path folder;
  private static Optional<String> absence = Optional.empty();
  private static @Nullable DockerDaemon daemon;

  @BeforeAll
  static void startDaemon() throws Exception {
    absence = DockerDaemon.absence();
    if (absence.isEmpty()) {
      daemon = DockerDaemon.bridged(folder);
    }
  }

  @AfterAll
  static void endDaemon() throws Exception {
    if (daemon != null) {
      daemon.close();
    }
  }

  @Test
  void wiresContainersByHandAndGivesThemBack() throws Exception {
    assumeTrue(absence.isEmpty(), () -> "skipped: " + absence.orElse(""));
    Leftovers before = Leftovers.now();

    assertThat(run("09-real-containers", engine(), "-p", "rounds=1"))
        .contains("vethbook-published", "docker-proxy", "2 packets received")
        .containsPattern("(?s)veth +\\d.*macvlan +\\d.*published, translated +\\d")
        .contains("4 containers run on, with no device but lo");
    before.assertSettled();
  }

  @Test
  void everyCellSaysThatItIsSkippedWithoutAnEngine() throws Exception {
    String shown =
        run("09-real-containers", "unix://" + folder.resolve("no-socket"), "-p", "rounds=1");

    assertThat(shown.split("skipped: (no )?docker ", -1)).hasSizeGreaterThan(7);
    assertThat(shown).doesNotContain("vethbook-published");
  }

  @Test
  void showsWhatAContainerGetsOfTheHostsParameters() throws Exception {
    String shown = run("03-sysctl-in-a-namespace", engine());

    assertThat(shown)
        .containsPattern(
            "(?s)congestion_control is inherited” agrees.*tcp_keepalive_time is not inherited”"
                + " agrees.*reaches containers that run” disagrees.*are namespaced” disagrees");
    if (daemon != null) {
      assertThat(shown).containsPattern("net.core.somaxconn +\\d+ +100 +4096");
    }
  }

  private static String engine() {
    return daemon == null ? "unix://" + folder.resolve("no-socket") : daemon.host();
  }

  private static String run(String name, String engine, String... parameters) throws Exception {
    Path executed = folder.resolve(name + "-executed.ipynb");
    List<Object> arguments =
        new ArrayList<>(List.of(Vethbook.NOTEBOOKS.resolve(name + ".ipynb"), "--output", executed));
    arguments.addAll(List.of(parameters));
    Command.Output output =
        Vethbook.command("run", arguments.toArray()).environment("DOCKER_HOST", engine).run(LIMIT);
    assertThat(output.exit()).as(output.out() + output.err()).isZero();
    return Vethbook.outputs(Vethbook.read(executed));
  }
}
