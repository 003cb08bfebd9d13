package vethbook.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vethbook.lab.RunningLab;

/**
 * What a lab could leave on the machine: devices, names, tools that run, journals, open labs.
 *
 * @param devices of the machine's own namespace
 * @param names under {@code /run/netns}
 * @param tools processes of netperf's
 * @param journals of host changes
 * @param labs by process id
 */
record Leftovers(
    Set<String> devices,
    Set<String> names,
    Set<String> tools,
    Set<String> journals,
    Set<Long> labs) {
  static Leftovers now() throws IOException {
    return new Leftovers(
        files("/sys/class/net"),
        files("/run/netns"),
        runningTools(),
        journalFiles(),
        RunningLab.all().stream().map(RunningLab::pid).collect(Collectors.toSet()));
  }

  /** All but the file that experiments lock, so that one measures at a time: it stays. */
  private static Set<String> journalFiles() {
    Set<String> journals = files("/run/vethbook");
    journals.remove("measuring");
    return journals;
  }

  /** Nothing more is there than in this record, seconds from now: Linux works in the background. */
  void assertSettled() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() < deadline && !now().equals(this)) {
      Thread.sleep(100);
    }
    assertThat(now()).isEqualTo(this);
  }

  private static Set<String> files(String folder) {
    String[] names = new File(folder).list();
    return new TreeSet<>(Arrays.asList(names == null ? new String[0] : names));
  }

  private static Set<String> runningTools() throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
        String name = name(process);
        if (name.equals("netserver") || name.equals("netperf")) {
          found.add(name + " " + process.getFileName());
        }
      }
    }
    return found;
  }

  private static String name(Path process) {
    try {
      return Files.readString(process.resolve("comm")).strip();
    } catch (IOException e) {
      return ""; // it has ended
    }
  }
}
