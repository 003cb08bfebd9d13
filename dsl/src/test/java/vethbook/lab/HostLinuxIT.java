package vethbook.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import vethbook.linux.Cidr;
import vethbook.linux.process.Command;

class HostLinuxIT {
  private static final String KEY = "net.core.rps_sock_flow_entries";

  @Test
  void aHostSysctlComesBackWhenTheLabCloses() throws Exception {
    String before;
    try (Lab lab = new Lab("HostLinuxIT")) {
      before = lab.host().sysctl(KEY);
      lab.host().sysctl(KEY, "128");
      lab.host().sysctl(KEY, "256");
      assertThat(lab.host().sysctl(KEY)).isEqualTo("256");
    }
    assertThat(Files.exists(Path.of("/run/vethbook"))).isTrue();
    assertThat(read()).isEqualTo(before);
  }

  @Test
  void theNextLabUndoesWhatAKilledProcessHasLeft() throws Exception {
    String before = read();
    Process killed =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(killed.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(killed.waitFor()).as(said).isEqualTo(137);
    assertThat(read()).isEqualTo("512");
    assertThat(Files.exists(Path.of("/run/netns/killed-ns"))).isTrue();

    try (Lab next = new Lab("next")) {
      assertThat(next.namespaces()).isEmpty();
      assertThat(read()).isEqualTo(before);
      assertThat(Files.exists(Path.of("/run/netns/killed-ns"))).isFalse();
    }
    assertThat(HostJournal.cleanUp()).isEmpty();
  }

  /** Changes the host, publishes a name and dies like under kill -9. */
  static final class Killed {
    public static void main(String[] arguments) throws Exception {
      Lab lab = new Lab("killed");
      lab.netns("killed-ns");
      lab.publish();
      lab.host().sysctl(KEY, "512");
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
      Thread.sleep(10_000);
    }
  }

  @Test
  void publishedNamesWorkWithIpNetnsUntilTheLabCloses() {
    try (Lab lab = new Lab("HostLinuxIT")) {
      Netns client = lab.netns("published-client");
      lab.device(
          client.device("br0"),
          new vethbook.lab.kind.Bridge(false, false),
          DeviceOptions.NONE.with(List.of(Cidr.parse("10.4.0.1/24"))));
      assertThat(lab.publish()).containsExactly("published-client");
      lab.publish();
      Command.Output shown =
          Command.of("ip", "-n", "published-client", "address", "show", "br0")
              .run(Duration.ofSeconds(5));
      assertThat(shown.out()).contains("10.4.0.1/24");
    }
    assertThat(Files.exists(Path.of("/run/netns/published-client"))).isFalse();
  }

  @Test
  void refusesToTouchTheHostOtherwise() {
    try (Lab lab = new Lab("HostLinuxIT")) {
      Netns box = lab.netns("box");
      assertThatThrownBy(
              () ->
                  lab.vethPair(
                      box.device("eth0"), lab.host().device("vb0"), null, DeviceOptions.NONE))
          .hasMessageContaining("that is the host itself");
      assertThat(box.device("eth0").link()).isEmpty();
      assertThatThrownBy(() -> lab.host().device("lo").address(Cidr.parse("10.0.0.1/32")))
          .hasMessageContaining("that is the host itself");
    }
  }

  private static String read() throws IOException {
    return Files.readAllLines(Path.of("/proc/sys/" + KEY.replace('.', '/'))).get(0);
  }
}
