package vethbook.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vethbook.linux.Cidr;
import vethbook.linux.process.Command;

/**
 * A process that builds and drops many labs, and prints what it holds before and after. Its heap is
 * to be taken from Linux whole at the start, so that what Linux gives it later is not heap.
 */
final class ManyLabs {
  private static final int WARM_UPS = 100;
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private ManyLabs() {}

  public static void main(String[] arguments) throws Exception {
    for (int i = 0; i < WARM_UPS; i++) {
      buildAndDrop(i);
    }
    Use before = settled(Use.now());
    System.out.println(before.line());
    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
      buildAndDrop(i);
    }
    System.out.println(settled(before).line());
  }

  /** Every tenth with a process, names and a value on the host, a sysfs and a refused word. */
  private static void buildAndDrop(int i) throws Exception {
    long pid = ProcessHandle.current().pid(); // a name can be published once on a machine
    try (Lab lab = new Lab("ManyLabs")) {
      Netns client = lab.netns("many-client-" + pid);
      Netns server = lab.netns("many-server-" + pid);
      lab.vethPair(
          client.device("eth0"),
          server.device("eth0"),
          Cidr.parse("10.7.0.0/24"),
          DeviceOptions.NONE);
      client.forwarding(true);
      if (i % 10 == 0) {
        Command.of("sleep", "1000").in(client.handle()).start();
        lab.publish();
        lab.host().sysctl(KilledLab.FIRST_KEY, Integer.toString(100 + i % 97));
        assertThat(new File(server.handle().sysfs() + "/class/net/eth0")).exists();
        assertThat(refused(client)).contains("Cannot set mtu 10");
      }
    }
  }

  private static String refused(Netns client) {
    try {
      client.device("eth0").mtu(10);
      return "";
    } catch (vethbook.linux.ExperimentException e) {
      return e.operation();
    }
  }

  /** Threads end, and Linux closes files, a little later than what they were for. */
  private static Use settled(Use wanted) throws Exception {
    long deadline = System.nanoTime() + SETTLED.toNanos();
    Use now = Use.now();
    while (System.nanoTime() < deadline && !now.isWithin(wanted)) {
      Thread.sleep(100);
      now = Use.now();
    }
    return now;
  }

  /**
   * What this process holds.
   *
   * @param files open file descriptors
   * @param mounts that it sees
   * @param heap bytes that live objects take
   * @param resident bytes of memory that Linux has given it
   */
  record Use(int files, int threads, int mounts, long heap, long resident) {
    static Use now() throws IOException {
      Runtime runtime = Runtime.getRuntime();
      System.gc();
      System.gc();
      return new Use(
          count("/proc/self/fd"),
          count("/proc/self/task"),
          Files.readAllLines(Path.of("/proc/self/mountinfo")).size(),
          runtime.totalMemory() - runtime.freeMemory(),
          residentNow());
    }

    private static int count(String folder) {
      return new File(folder).list().length;
    }

    private static long residentNow() throws IOException {
      List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/self/status")));
      lines.removeIf(line -> !line.startsWith("VmRSS:"));
      return Long.parseLong(lines.get(0).replaceAll("\\D", "")) << 10;
    }

    String line() {
      return files + " " + threads + " " + mounts + " " + heap + " " + resident;
    }

    static Use parse(String line) {
      long[] parts = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
      return new Use((int) parts[0], (int) parts[1], (int) parts[2], parts[3], parts[4]);
    }

    boolean isWithin(Use wanted) {
      return files <= wanted.files && threads <= wanted.threads && mounts <= wanted.mounts;
    }

    @Override
    public String toString() {
      return "%d files, %d threads, %d mounts, heap %.1f MiB, resident %.1f MiB"
          .formatted(files, threads, mounts, heap / 1048576.0, resident / 1048576.0);
    }
  }
}
