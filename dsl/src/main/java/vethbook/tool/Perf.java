package vethbook.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;
import vethbook.linux.process.Cpus;
import vethbook.linux.process.Folders;
import vethbook.linux.process.RunningProcess;

/**
 * Runs perf over the whole machine, or some of its CPUs, from {@link #stat} or {@link #record}
 * until its end: the softirqs of a run belong to no process of its own. Closing it ends it.
 */
public final class Perf implements AutoCloseable {
  /**
   * What is counted when nothing is said: how packets go through softirqs, and what the scheduler
   * does.
   */
  public static final List<String> EVENTS =
      List.of(
          "irq:softirq_entry",
          "irq:softirq_raise",
          "net:netif_rx",
          "net:netif_receive_skb",
          "net:net_dev_xmit",
          "napi:napi_poll",
          "context-switches",
          "cpu-migrations");

  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final Duration END_LIMIT = Duration.ofSeconds(30);
  private static final Duration REPORT_LIMIT = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 5;
  private static final String COUNTED_EVENT = "anon_inode:[perf_event]";

  private final Command command;
  private final RunningProcess process;
  private final @Nullable Path folder;

  private Perf(Command command, RunningProcess process, @Nullable Path folder) {
    this.command = command;
    this.process = process;
    this.folder = folder;
  }

  /**
   * How often an event happened.
   *
   * @param value NaN when this machine cannot count it
   * @param unit such as {@code msec}; empty for a count
   */
  public record Count(String event, double value, String unit) {}

  /** How much of the time a function took. */
  public record HotFunction(double percent, String command, String object, String symbol) {}

  /**
   * Starts counting.
   *
   * @param events each with its filter (as in {@code vec == 3}), empty for none
   * @param cpus counted; empty for all
   * @throws ExperimentException when perf is not installed or may not count, or an event is unknown
   */
  public static Perf stat(Map<String, String> events, Set<Integer> cpus) {
    Tool.PERF.require();
    return start(Command.of(statArguments(events, cpus)), null);
  }

  static List<String> statArguments(Map<String, String> events, Set<Integer> cpus) {
    List<String> argv = new ArrayList<>(List.of("perf", "stat", "-a", "-x", ";"));
    addCpus(argv, cpus);
    events.forEach(
        (event, filter) -> {
          argv.addAll(List.of("-e", event));
          if (!filter.isBlank()) {
            argv.addAll(List.of("--filter", filter));
          }
        });
    return argv;
  }

  private static void addCpus(List<String> argv, Set<Integer> cpus) {
    if (!cpus.isEmpty()) {
      argv.addAll(List.of("-C", Cpus.list(cpus)));
    }
  }

  /**
   * Starts looking, so many times per second, which function each CPU runs.
   *
   * @param cpus looked at; empty for all
   * @param frequency 1 to some thousand; 997 does not keep step with timers
   */
  public static Perf record(Set<Integer> cpus, int frequency) {
    Tool.PERF.require();
    Path folder = Folders.make("perf");
    List<String> argv = new ArrayList<>(List.of("perf", "record", "-a", "-e", "cpu-clock"));
    argv.addAll(List.of("-F", "" + frequency, "-o", folder.resolve("perf.data").toString()));
    addCpus(argv, cpus);
    return start(Command.of(argv), folder);
  }

  private static Perf start(Command command, @Nullable Path folder) {
    Perf perf = new Perf(command, command.start(), folder);
    try {
      perf.awaitCounting();
      return perf;
    } catch (ExperimentException e) {
      perf.close();
      throw e;
    }
  }

  /** It prints nothing when it is ready, but has its events open then. */
  private void awaitCounting() {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!hasEvents()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw refused(process.err() + process.out());
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ExperimentException("Interrupted: ended '" + command + "'");
      }
    }
  }

  private boolean hasEvents() {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return files.anyMatch(Perf::isEvent);
    } catch (IOException e) {
      return false; // it has ended
    }
  }

  private static boolean isEvent(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().equals(COUNTED_EVENT);
    } catch (IOException e) {
      return false; // closed just now
    }
  }

  private static ExperimentException refused(String said) {
    String text = said.strip();
    boolean isForbidden =
        text.contains("perf_event_paranoid")
            || text.contains("Permission denied")
            || text.contains("not permitted")
            || text.contains("No permission");
    String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("ended at once");
    return new ExperimentException(
        "Cannot count with perf",
        "perf",
        isForbidden || text.length() > 400 ? first : text.replace("\n", "\n        "),
        isForbidden
            ? "perf needs root (CAP_PERFMON) or sysctl kernel.perf_event_paranoid=-1, and access to"
                + " /sys/kernel/tracing for tracepoints; in a user namespace or a container it"
                + " often may not"
            : text.contains("event syntax error") || text.contains("unknown tracepoint")
                ? "'perf list' shows the events that this machine has"
                : null,
        null);
  }

  /** Why this machine's perf may not count; empty when it may. */
  public static Optional<String> refusal() {
    Optional<String> absence = Tool.PERF.absence();
    if (absence.isPresent()) {
      return absence;
    }
    try (Perf perf = stat(Map.of("context-switches", ""), Set.of())) {
      perf.counts();
      return Optional.empty();
    } catch (ExperimentException e) {
      return Optional.of("perf may not count here: " + e.answer());
    }
  }

  /** Ends {@link #stat}. */
  public List<Count> counts() {
    Command.Output output = process.interrupt(END_LIMIT);
    List<Count> counts = parseCounts(output.err());
    if (counts.isEmpty()) {
      throw refused(output.err());
    }
    return counts;
  }

  /** Reads {@code perf stat -x ';'}: value, unit, event, ... */
  static List<Count> parseCounts(String text) {
    List<Count> counts = new ArrayList<>();
    for (String line : text.split("\n")) {
      String[] cells = line.split(";", -1);
      boolean isCount = cells[0].startsWith("<") || Double.isFinite(number(cells[0]));
      if (cells.length >= 3 && isCount && !cells[2].isBlank()) {
        counts.add(new Count(cells[2], number(cells[0]), cells[1]));
      }
    }
    return counts;
  }

  /** {@code <not supported>} and {@code <not counted>} are no numbers. */
  private static double number(String cell) {
    return cell.matches("\\d+(\\.\\d+)?") ? Double.parseDouble(cell) : Double.NaN;
  }

  /** Ends {@link #record}: functions by the time that they took, the longest first. */
  public List<HotFunction> hotFunctions() {
    process.interrupt(END_LIMIT);
    Path data = java.util.Objects.requireNonNull(folder).resolve("perf.data");
    if (!Files.exists(data)) {
      throw refused(process.err());
    }
    List<String> argv = new ArrayList<>(List.of("perf", "report", "-i", data.toString()));
    argv.addAll(List.of("--stdio", "--no-children", "-F", "overhead,comm,dso,symbol", "-t", ";"));
    Command.Output output = Command.of(argv).run(REPORT_LIMIT);
    if (output.exit() != 0) {
      throw refused(output.err());
    }
    return parseFunctions(output.out());
  }

  /** Reads {@code perf report -t ';'}. */
  static List<HotFunction> parseFunctions(String text) {
    List<HotFunction> functions = new ArrayList<>();
    for (String line : text.split("\n")) {
      String[] cells = line.split(";", 4);
      String percent = cells[0].strip().replace("%", "");
      if (cells.length == 4 && percent.matches("\\d+(\\.\\d+)?")) {
        functions.add(
            new HotFunction(
                Double.parseDouble(percent),
                cells[1].strip(),
                cells[2].strip(),
                cells[3].strip().replaceFirst("^\\[[k.]] ", "")));
      }
    }
    return functions;
  }

  @Override
  public void close() {
    process.close();
    if (folder != null) {
      Folders.delete(folder);
    }
  }
}
