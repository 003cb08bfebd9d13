package vethbook.linux.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;
import vethbook.linux.process.Cpus;

class NetnsHandleLinuxIT {
  @Test
  void hasLoUpAndNoDuplicateAddressDetection() {
    try (NetnsHandle netns = NetnsHandle.create("a")) {
      assertThat(netns.links().list()).singleElement().matches(link -> link.isUp());
      String dad = vethbook.linux.sysctl.Sysctl.read(netns, "net.ipv6.conf.default.accept_dad");
      assertThat(dad).isEqualTo("0");
    }
  }

  @Test
  void worksInsideWithoutMovingTheCallingThread() throws Exception {
    String own = network("/proc/thread-self/ns/net");
    try (NetnsHandle netns = NetnsHandle.create("a")) {
      String inside = netns.call(() -> network("/proc/thread-self/ns/net"));
      assertThat(inside).isEqualTo(network(netns.path())).isNotEqualTo(own);
      assertThat(network("/proc/thread-self/ns/net")).isEqualTo(own);
      assertThatThrownBy(
              () ->
                  netns.call(
                      () -> {
                        throw new IllegalStateException("mine");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("mine");
    }
  }

  @Test
  void showsItsOwnDevicesInItsOwnSysfs() {
    try (NetnsHandle netns = NetnsHandle.create("a")) {
      assertThat(new File(netns.sysfs() + "/class/net").list()).containsExactly("lo");
    }
  }

  @Test
  void leavesNothingBehindWhenClosed() throws Exception {
    use(); // what the JDK opens once for all
    int files = openFiles();

    String identity = use();

    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (System.nanoTime() < deadline && (openFiles() > files || !threads().isEmpty())) {
      Thread.sleep(20);
    }
    assertThat(openFiles()).isLessThanOrEqualTo(files);
    assertThat(threads()).isEmpty();
    assertThat(processesIn(identity)).isEmpty();
  }

  /** Makes a namespace, works in it, drops it; returns which it was. */
  private static String use() throws IOException {
    try (NetnsHandle netns = NetnsHandle.create("a")) {
      assertThat(netns.sysfs()).isNotEmpty();
      Command.of("sleep", "60").in(netns).start();
      netns.call(() -> ServerSocketChannel.open()).close();
      return network(netns.path());
    }
  }

  @Test
  void refusesWorkAfterItIsClosed() {
    NetnsHandle netns = NetnsHandle.create("a");
    netns.close();
    netns.close();
    assertThatThrownBy(() -> netns.call(() -> 1)).hasMessageContaining("is closed");
    assertThatThrownBy(() -> netns.links().list()).hasMessageContaining("is closed");
  }

  @Test
  void runsProgramsInsidePinnedAndBounded() {
    try (NetnsHandle netns = NetnsHandle.create("a")) {
      int cpu = Cpus.allowed().get(0);
      Command.Output shown =
          Command.of(
                  "sh", "-c", "taskset -cp $$; cat; ls /proc/self/net/dev; grep -c : /proc/net/dev")
              .in(netns)
              .onCpus(Set.of(cpu))
              .input("typed\n")
              .run(Duration.ofSeconds(10));
      assertThat(shown.out()).contains("affinity list: " + cpu + "\n", "typed\n").endsWith("\n1\n");
      assertThat(shown.exit()).isZero();

      assertThatThrownBy(() -> Command.of("sleep", "30").in(netns).run(Duration.ofMillis(200)))
          .isInstanceOf(ExperimentException.class)
          .hasMessageContaining("took longer than 200 ms");
      assertThatThrownBy(() -> Command.of("no-such-tool").in(netns).start())
          .hasMessageContaining("Cannot run no-such-tool: it is not installed");
    }
  }

  private static String network(String path) throws IOException {
    return Files.readAttributes(Path.of(path), "unix:ino").get("ino").toString();
  }

  private static int openFiles() {
    return new File("/proc/self/fd").list().length;
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains("netns") || name.contains("sleep"))
        .collect(Collectors.toSet());
  }

  private static Set<String> processesIn(String namespace) throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("\\d+"))
          .filter(process -> isIn(process, namespace))
          .map(Path::toString)
          .collect(Collectors.toSet());
    }
  }

  private static boolean isIn(Path process, String namespace) {
    try {
      return network(process + "/ns/net").equals(namespace);
    } catch (IOException e) {
      return false; // it has ended
    }
  }
}
