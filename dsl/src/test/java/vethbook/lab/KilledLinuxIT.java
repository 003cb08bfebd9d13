package vethbook.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.sysctl.Sysctl;

/**
 * {@code kill -9} at random moments in the life of processes that make labs and change the host,
 * two at a time. {@code -Dtest.jvm.args=-Dkills=200} kills so many, {@code -Dseed=N} at other
 * moments.
 */
class KilledLinuxIT {
  private static final int KILLS = Integer.getInteger("kills", 12);
  private static final long SEED = Long.getLong("seed", System.nanoTime() & 0xffff);
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final int STARTING_MS = 600;
  private static final int WORKING_MS = 1200;

  private final NetnsHandle host = NetnsHandle.host();
  private final NetnsHandle observer = NetnsHandle.create("observer");
  private List<String> before = List.of();
  private final Set<String> devices = new TreeSet<>(devices());
  private final Random random = new Random(SEED);

  @BeforeEach
  void startClean() {
    HostJournal.cleanUp();
    before = values();
  }

  @AfterEach
  void close() {
    HostJournal.cleanUp();
    observer.close();
    host.close();
  }

  @Test
  void nothingIsLeftOfAKilledProcess() throws Exception {
    int labs = 0;
    for (int kill = 0; kill < KILLS; kill += 2) {
      labs += killTwo("vbk" + kill + "-", "seed " + SEED + ", kill " + kill);
    }
    assertThat(labs).isPositive();
    System.out.printf("seed %d: %d processes killed, in %d labs%n", SEED, KILLS, labs);
  }

  private int killTwo(String mark, String when) throws Exception {
    int labs = 0;
    List<Process> both = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        both.add(KilledLab.start(mark + i, observer));
      }
      for (Process process : both) {
        labs += killAtSomeMoment(process, when);
      }
    } finally {
      both.forEach(Process::destroyForcibly);
    }
    boolean hasNames = !names(mark).isEmpty();
    assertSoonEmpty(() -> leftovers(mark), when);
    if (!hasNames) {
      assertSoonEmpty(this::namespaces, when);
    }
    HostJournal.cleanUp();
    assertThat(names(mark)).as(when).isEmpty();
    assertThat(values()).as(when).isEqualTo(before);
    assertSoonEmpty(this::namespaces, when);
    return labs;
  }

  /**
   * Some while they start, most while they work.
   *
   * @return how many labs it had begun
   */
  private int killAtSomeMoment(Process process, String when) throws Exception {
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    boolean starting = random.nextInt(5) == 0;
    int labs = 0;
    if (!starting) {
      assertThat(said.readLine()).as(when).isEqualTo("lab 1");
      labs++;
    }
    Thread.sleep(random.nextInt(starting ? STARTING_MS : WORKING_MS));
    boolean worked = process.isAlive();
    process.toHandle().destroyForcibly(); // SIGKILL; what it has said can still be read
    int exit = process.waitFor();
    List<String> rest = said.lines().toList();
    assertThat(worked).as("%s ended by itself: %s", when, rest).isTrue();
    assertThat(exit).isEqualTo(128 + 9);
    return labs + rest.size();
  }

  private static void assertSoonEmpty(Callable<List<String>> left, String when) throws Exception {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (System.nanoTime() < deadline && !left.call().isEmpty()) {
      Thread.sleep(10);
    }
    assertThat(left.call()).as(when).isEmpty();
  }

  private List<String> namespaces() {
    return observer.links().list().stream()
        .map(Link::name)
        .filter(name -> !name.equals("lo"))
        .map(name -> "a namespace, by its device " + name)
        .toList();
  }

  /** What must be gone without anybody's doing. */
  private List<String> leftovers(String mark) throws IOException {
    List<String> found = new ArrayList<>();
    devices().stream()
        .filter(name -> !devices.contains(name) && name.matches("eth0|watch"))
        .forEach(name -> found.add("device " + name));
    found.addAll(processes(mark));
    Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .filter(line -> line.contains(mark) && !line.contains(" /run/netns/" + mark))
        .forEach(found::add);
    return found;
  }

  private static List<String> processes(String mark) {
    List<String> found = new ArrayList<>();
    File[] processes = new File("/proc").listFiles((proc, name) -> name.matches("\\d+"));
    for (File process : processes == null ? new File[0] : processes) {
      String environment = read(process, "environ");
      if (environment.contains("KILLED_LAB=" + mark)) {
        found.add("process " + process.getName() + ": " + read(process, "cmdline"));
      }
    }
    return found;
  }

  private static String read(File process, String file) {
    try {
      return Files.readString(process.toPath().resolve(file), StandardCharsets.ISO_8859_1)
          .replace('\0', ' ');
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  private static Set<String> names(String mark) {
    String[] names = new File("/run/netns").list((folder, name) -> name.startsWith(mark));
    return names == null ? Set.of() : Arrays.stream(names).collect(Collectors.toSet());
  }

  private static List<String> devices() {
    String[] names = new File("/sys/class/net").list();
    return List.of(names == null ? new String[0] : names);
  }

  private List<String> values() {
    return List.of(Sysctl.read(host, KilledLab.FIRST_KEY), Sysctl.read(host, KilledLab.SECOND_KEY));
  }
}
