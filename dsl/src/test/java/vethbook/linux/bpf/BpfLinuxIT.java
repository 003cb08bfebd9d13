package vethbook.linux.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.dsl.Features;
import vethbook.linux.Cidr;
import vethbook.linux.bpf.RedirectRule.Action;
import vethbook.linux.libc.Errno;
import vethbook.linux.process.Command;

class BpfLinuxIT {
  private final Features features = new Features();

  @BeforeEach
  void needsBpf() {
    assumeTrue(features.has("bpf"), () -> "skipped: " + features.absence("bpf").orElse(""));
  }

  @Test
  void theVerifiersWordsAreInTheError() {
    Program withoutResult = new Assembler().exit().program();

    BpfException refused =
        catchThrowableOfType(
            BpfException.class, () -> LoadedProgram.load(withoutResult, "no_result"));
    assertThat(refused.errno()).isEqualTo(Errno.EACCES);
    assertThat(refused.verifierLog()).contains("R0 !read_ok");
    assertThat(refused)
        .hasMessageContaining("Cannot load a BPF program")
        .hasMessageContaining("[bpf(BPF_PROG_LOAD)]")
        .hasMessageContaining("R0 !read_ok");
  }

  /** Whatever is asked for, the verifier takes it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0.0.0.0/0",
        "::/0",
        "0.0.0.0/0 ::/0",
        "10.0.0.0/7",
        "10.1.2.3/32",
        "fd00::/9",
        "fd00:1:2:3:4::/65",
        "fd00::1/128",
        "fe80::/10",
        "10.0.0.0/8 10.1.0.0/16 fd00::/64"
      })
  void everyProgramPassesTheVerifier(String networks) throws Exception {
    List<InetAddress> own = new ArrayList<>();
    for (int host = 1; host < 200; host++) {
      own.add(InetAddress.getByName("10.0.0." + host));
      own.add(InetAddress.getByName("fd00::" + host));
    }
    own.add(InetAddress.getByName("10.0.0.1"));
    List<Cidr> destinations =
        Stream.of(networks.split(" ")).filter(text -> !text.isEmpty()).map(Cidr::parse).toList();
    for (Action action : Action.values()) {
      Program program = RedirectProgram.of(List.of(new RedirectRule(action, 1, destinations)), own);
      try (LoadedProgram loaded = LoadedProgram.load(program, "vethbook_test")) {
        assertThat(loaded.id()).isPositive();
      }
    }
  }

  @Test
  void aThousandProgramsLeaveNoFileDescriptor() throws Exception {
    LoadedProgram.load(Program.empty(), "vethbook_test").close();
    long before = openFiles();
    for (int i = 0; i < 1000; i++) {
      LoadedProgram.load(Program.empty(), "vethbook_test").close();
    }
    assertThat(openFiles()).isLessThan(before + 10);
  }

  @Test
  void withoutPrivilegeOfTheMachineTheReasonIsSaid() {
    assumeTrue(
        Command.of("unshare", "-Urn", "true").run(Duration.ofSeconds(5)).exit() == 0,
        "skipped: user namespaces are not allowed here");
    Command.Output output =
        Command.of(
                "unshare",
                "-Urn",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Unprivileged.class.getName())
            .run(Duration.ofSeconds(30));

    assertThat(output.out())
        .contains("no BPF programs here: EPERM (Operation not permitted)")
        .contains("CAP_BPF and CAP_NET_ADMIN of the machine itself")
        .contains("needs('bpf')");
  }

  /** Runs in a user namespace: asks, and is refused. */
  static final class Unprivileged {
    private Unprivileged() {}

    public static void main(String[] args) {
      System.out.println(new Features().absence("bpf").orElse("bpf works"));
      try {
        LoadedProgram.load(Program.empty(), "vethbook_test").close();
      } catch (BpfException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static long openFiles() throws java.io.IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
