package vethbook.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;
import vethbook.linux.process.RunningProcess;
import vethbook.linux.sysctl.Sysctl;

/**
 * Labs built and dropped again and again in one process. {@code -Dtest.jvm.args=-Dlabs=1000} builds
 * so many.
 */
class ManyLabsLinuxIT {
  private static final int LABS = Integer.getInteger("labs", 200);
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final long HEAP_BOUND = 1L << 20;
  private static final long RESIDENT_BOUND = 8L << 20;

  @Test
  void labsThatAreDroppedLeaveNothingInTheProcess() {
    assertNothingGrew(start(LABS));
  }

  @Test
  void twoProcessesThatBuildLabsAtOnceDoNotDisturbEachOther() {
    String before = value();
    try (RunningProcess first = start(LABS / 4);
        RunningProcess second = start(LABS / 4)) {
      assertNothingGrew(first);
      assertNothingGrew(second);
    }
    assertThat(value()).isEqualTo(before);
    assertThat(HostJournal.cleanUp()).isEmpty();
  }

  private static String value() {
    try (NetnsHandle host = NetnsHandle.host()) {
      return Sysctl.read(host, KilledLab.FIRST_KEY);
    }
  }

  private static RunningProcess start(int labs) {
    return Command.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:+UseSerialGC",
            "-Xms64m",
            "-Xmx64m",
            "-XX:+AlwaysPreTouch",
            "-XX:TieredStopAtLevel=1", // so that compiled code does not grow for long
            "-cp",
            System.getProperty("java.class.path"),
            ManyLabs.class.getName(),
            Integer.toString(labs))
        .start();
  }

  private static void assertNothingGrew(RunningProcess process) {
    Command.Output output = process.waitFor(LIMIT);
    assertThat(output.exit()).as(output.err() + output.out()).isZero();
    List<ManyLabs.Use> both = output.out().lines().map(ManyLabs.Use::parse).toList();
    ManyLabs.Use before = both.get(0);
    ManyLabs.Use after = both.get(1);
    System.out.printf("many labs: before %s, after %s%n", before, after);
    assertThat(after.files()).isLessThanOrEqualTo(before.files());
    assertThat(after.threads()).isLessThanOrEqualTo(before.threads());
    assertThat(after.mounts()).isLessThanOrEqualTo(before.mounts());
    assertThat(after.heap()).isLessThan(before.heap() + HEAP_BOUND);
    assertThat(after.resident()).isLessThan(before.resident() + RESIDENT_BOUND);
  }
}
