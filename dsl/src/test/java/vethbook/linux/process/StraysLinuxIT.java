package vethbook.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import vethbook.lab.Lab;
import vethbook.lab.Netns;

/** Programs that put themselves in the background. */
class StraysLinuxIT {
  private static final String DAEMON = "setsid sleep 300 </dev/null >/dev/null 2>&1 & echo $!";

  @Test
  void aDaemonEndsWithItsLab() throws Exception {
    long pid;
    try (Lab lab = new Lab("StraysLinuxIT")) {
      pid = daemonIn(lab.netns("server"));
      assertThat(isAlive(pid)).isTrue();
    }
    assertThat(endsSoon(pid)).isTrue();
  }

  @Test
  void aDaemonOfAProcessThatIsGoneIsEndedByTheNext() throws Exception {
    Process starter =
        new ProcessBuilder("env", Strays.VARIABLE + "=" + gone(), "sh", "-c", DAEMON).start();
    long pid =
        Long.parseLong(
            new String(
                    starter.getInputStream().readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8)
                .strip());
    assertThat(isAlive(pid)).isTrue();

    List<String> ended = Strays.endOrphans();

    assertThat(ended).contains("ended process " + pid);
    assertThat(endsSoon(pid)).isTrue();
  }

  @Test
  void aDaemonOfALivingProcessOrOfAnotherPidNamespaceIsLeftAlone() throws Exception {
    try (Lab lab = new Lab("StraysLinuxIT")) {
      long own = daemonIn(lab.netns("server"));
      Process starter =
          new ProcessBuilder("env", Strays.VARIABLE + "=7 1 pid:[1]", "sh", "-c", DAEMON).start();
      long foreign =
          Long.parseLong(
              new String(
                      starter.getInputStream().readAllBytes(),
                      java.nio.charset.StandardCharsets.UTF_8)
                  .strip());

      assertThat(Strays.endOrphans()).doesNotContain("ended process " + own);
      assertThat(isAlive(own)).isTrue();
      assertThat(isAlive(foreign)).isTrue();
      ProcessHandle.of(foreign).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** A process that has ended, as its mark says it. */
  private static String gone() {
    String[] own = Strays.mark().split(" ");
    return own[0] + " 1 " + own[2];
  }

  private static long daemonIn(Netns netns) {
    return Long.parseLong(
        Command.of("sh", "-c", DAEMON)
            .in(netns.handle())
            .run(Duration.ofSeconds(10))
            .out()
            .strip());
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static boolean endsSoon(long pid) throws Exception {
    for (int i = 0; i < 40 && isAlive(pid); i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return !isAlive(pid);
  }
}
