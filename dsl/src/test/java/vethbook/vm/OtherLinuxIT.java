package vethbook.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import vethbook.linux.process.Command;

/**
 * Runs every test that {@link NeedsLinux} marks in a virtual machine with Debian's Linux: what the
 * Linux of this machine lacks is tested all the same.
 */
class OtherLinuxIT {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  @TempDir private Path shared;

  @TestFactory
  Stream<DynamicTest> debiansLinux() throws IOException {
    return markedTestsOn(VirtualMachine.USUAL);
  }

  /** Debian 12's own: what it lacks, such as netkit, is skipped and says so. */
  @TestFactory
  Stream<DynamicTest> olderLinux() throws IOException {
    return markedTestsOn("6.1");
  }

  private Stream<DynamicTest> markedTestsOn(String series) throws IOException {
    Optional<String> whyNot = VirtualMachine.whyNot(series);
    assumeTrue(whyNot.isEmpty(), () -> "skipped: " + whyNot.orElse(""));
    String script =
        "exec \"$JAVA_HOME/bin/java\" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s %s"
            .formatted(
                System.getProperty("java.class.path"),
                GuestTests.class.getName(),
                VirtualMachine.SHARED + "/results");
    Command.Output output = VirtualMachine.create(series).run(script, shared, LIMIT);
    Path results = shared.resolve("results");
    assertThat(results).as(() -> output.out() + output.err()).exists();
    List<GuestTests.Outcome> outcomes = GuestTests.read(results);
    assertThat(outcomes).as(() -> output.out() + output.err()).isNotEmpty();
    return outcomes.stream()
        .map(outcome -> DynamicTest.dynamicTest(outcome.name(), outcome::judge));
  }
}
