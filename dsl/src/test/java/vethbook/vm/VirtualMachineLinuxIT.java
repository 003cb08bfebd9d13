package vethbook.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;

class VirtualMachineLinuxIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path shared;

  @BeforeAll
  static void needsQemu() {
    Optional<String> reason = VirtualMachine.whyNot();
    assumeTrue(reason.isEmpty(), () -> "skipped: " + reason.orElseThrow());
  }

  @Test
  void runsAScriptUnderItsOwnLinuxAndKeepsOnlyTheSharedFolder() throws IOException {
    VirtualMachine machine = VirtualMachine.create();
    List<Path> before = workFolders();
    Path outside = shared.resolveSibling(shared.getFileName() + "-outside");

    Command.Output output =
        machine.run(
            """
            uname -r
            ip link add d0 type dummy && ip link add ipv0 link d0 type ipvlan mode l2 || exit 1
            tc qdisc add dev d0 root netem delay 1ms || exit 1
            nproc
            touch '%s' || exit 1
            echo kept >/run/shared/kept
            echo said >&2
            exit 42
            """
                .formatted(outside),
            shared,
            LIMIT);

    assertThat(output.exit()).as(output.err()).isEqualTo(42);
    assertThat(output.out()).isEqualTo(machine.release() + "\n2\n");
    assertThat(output.err()).startsWith("said\n");
    assertThat(shared.resolve("kept")).hasContent("kept\n");
    assertThat(outside).doesNotExist();
    assertThat(workFolders()).isEqualTo(before);
  }

  @Test
  void runsJava() throws IOException {
    Files.writeString(
        shared.resolve("Hello.java"),
        "class Hello { public static void main(String[] a) {"
            + " System.out.println(\"Java on \" + System.getProperty(\"os.version\")); } }");
    VirtualMachine machine = VirtualMachine.create();

    Command.Output output =
        machine.run("\"$JAVA_HOME/bin/java\" /run/shared/Hello.java", shared, LIMIT);

    assertThat(output.out()).as(output.err()).isEqualTo("Java on " + machine.release() + "\n");
  }

  @Test
  void endsAMachineThatTakesTooLong() throws IOException {
    List<Path> before = workFolders();
    assertThatThrownBy(
            () -> VirtualMachine.create().run("sleep 1000", shared, Duration.ofSeconds(3)))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("within 3 s");
    assertThat(workFolders()).isEqualTo(before);
    assertThat(
            ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().command().orElse("").contains("qemu")))
        .isEmpty();
  }

  private static List<Path> workFolders() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("vethbook-vm"))
          .sorted()
          .toList();
    }
  }
}
