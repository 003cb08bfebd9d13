package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.lab.HostJournal;

/** Real containers of a Docker engine that the test starts. */
class ContainerLinuxIT {
  private static final String WIRED =
      """
      client = netns 'client'
      web = container 'web'
      vethPair client.eth0, web.eth0, subnet: '192.168.9.0/24'
      web.route 'default', via: client.eth0
      web.sysctl 'net.ipv4.ip_default_ttl', 33
      run host, 'docker', 'exec', 'web', '/bin/busybox', 'ping', '-c', 1, '-W', 3, '192.168.9.1'
      """;

  @TempDir static Path folder;
  private static @Nullable DockerDaemon daemon;

  @BeforeAll
  static void startDaemon() throws Exception {
    Optional<String> absence = DockerDaemon.absence();
    assumeTrue(absence.isEmpty(), () -> "skipped: " + absence.orElse(""));
    daemon = new DockerDaemon(folder);
  }

  @AfterAll
  static void endDaemon() throws Exception {
    if (daemon != null) {
      daemon.close();
    }
  }

  private static Map<String, String> environment() {
    return Map.of("DOCKER_HOST", daemon.host());
  }

  private static void assertUntouched(String name) {
    assertThat(inside(name, "ls", "/sys/class/net").strip()).isEqualTo("lo");
    assertThat(inside(name, "ip", "route")).isEmpty();
    assertThat(inside(name, "cat", "/proc/sys/net/ipv4/ip_default_ttl").strip()).isEqualTo("64");
  }

  private static String inside(String name, String... argv) {
    List<String> all = new java.util.ArrayList<>(List.of("exec", name, "/bin/busybox"));
    all.addAll(List.of(argv));
    return daemon.docker(all.toArray(String[]::new));
  }

  @Test
  void aContainerIsWiredAndLeftAsItWas() throws Exception {
    daemon.start("web", "--network", "none");
    daemon.start("stopped", "--network", "none");
    daemon.docker("kill", "stopped");
    String id = daemon.docker("inspect", "-f", "{{.Id}}", "web").strip();

    assertThat(
            CellProcess.run(
                environment(),
                WIRED,
                "container('" + id + "') === web",
                "container('" + id.substring(0, 12) + "') === web",
                "lab.commands()",
                "run web, 'ip', '-o', 'address', 'show', 'eth0'",
                "container 'stopped'",
                "container 'wbe'",
                "container 'web', as: 'a b'",
                "container 'web', as: 'other'",
                "container 'web', engine: 'podmn'",
                "run host, 'docker', 'restart', '-t', 0, 'web'",
                "container('web') === web",
                WIRED))
        .containsPattern("(?s)1 packets received.*1 packets received")
        .contains("\ntrue\ntrue\n")
        .contains("docker container inspect -f '{{.State.Pid}}' web")
        .contains("192.168.9.2/24")
        .contains("Cannot attach container stopped: it is not running")
        .contains("start it: docker start stopped")
        .contains("No such container: wbe")
        .contains("did you mean web?")
        .contains("Cannot name a netns 'a b'")
        .contains("this lab has it as netns web")
        .contains("it is one of docker, podman")
        .contains("\nfalse\n");
    assertUntouched("web");

    assertThat(CellProcess.kill(environment(), WIRED)).contains("1 packets received");
    assertThat(HostJournal.cleanUp()).anyMatch(line -> line.endsWith("in netns web"));
    assertUntouched("web");
  }
}
