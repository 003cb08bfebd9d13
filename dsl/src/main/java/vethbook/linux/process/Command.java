package vethbook.linux.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.linux.CountedTime;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;

/**
 * A program with its arguments, to be run inside a namespace, on some CPUs, with some priority.
 *
 * <p>It is run by argument list, never by a shell, and gets SIGKILL when this process dies (setpriv
 * --pdeathsig). The wrappers replace themselves, so the process id is the program's own. Unless
 * changed, {@code LC_ALL=C}.
 */
public final class Command {
  private final List<String> argv;
  private final @Nullable NetnsHandle netns;
  private final Set<Integer> cpus;
  private final int nice;
  private final Map<String, String> environment;
  private final String input;

  private Command(
      List<String> argv,
      @Nullable NetnsHandle netns,
      Set<Integer> cpus,
      int nice,
      Map<String, String> environment,
      String input) {
    this.argv = List.copyOf(argv);
    this.netns = netns;
    this.cpus = Set.copyOf(cpus);
    this.nice = nice;
    this.environment = Map.copyOf(environment);
    this.input = input;
  }

  public static Command of(String... argv) {
    return of(List.of(argv));
  }

  public static Command of(List<String> argv) {
    return new Command(argv, null, Set.of(), 0, Map.of("LC_ALL", "C"), "");
  }

  /** This command, run inside the namespace. */
  public Command in(NetnsHandle namespace) {
    return new Command(argv, namespace, cpus, nice, environment, input);
  }

  /** This command, run on these CPUs only; an empty set leaves the choice to Linux. */
  public Command onCpus(Set<Integer> pinned) {
    return new Command(argv, netns, pinned, nice, environment, input);
  }

  /**
   * This command with a scheduling priority.
   *
   * @param value -20 (most) to 19; below 0 needs CAP_SYS_NICE in the initial user namespace, and
   *     without it nice(1) runs the command at the priority it has
   */
  public Command nice(int value) {
    return new Command(argv, netns, cpus, value, environment, input);
  }

  public Command environment(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new Command(argv, netns, cpus, nice, more, input);
  }

  /** This command with a text on its standard input, which is empty otherwise. */
  public Command input(String text) {
    return new Command(argv, netns, cpus, nice, environment, text);
  }

  public List<String> argv() {
    return argv;
  }

  String inputText() {
    return input;
  }

  Map<String, String> environment() {
    return environment;
  }

  @Nullable NetnsHandle netns() {
    return netns;
  }

  /** The file that a program name means on PATH; empty when there is none. */
  public static Optional<Path> find(String program) {
    if (program.contains("/")) {
      return Optional.of(Path.of(program)).filter(Files::isExecutable);
    }
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin:/usr/bin:/bin";
    for (String folder : path.split(":")) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /**
   * Starts it.
   *
   * @throws ExperimentException when the program is not installed
   */
  public RunningProcess start() {
    if (netns != null) {
      netns.expectTraffic();
    }
    RunningProcess process =
        Launcher.call(() -> RunningProcess.start(this, wrapped(Launcher.id())));
    if (netns != null) {
      netns.adopt(process);
    }
    return process;
  }

  /**
   * Runs it to its end.
   *
   * @throws ExperimentException when the program is not installed or takes longer than the limit;
   *     it is ended then
   */
  public Output run(Duration limit) {
    try (RunningProcess process = start()) {
      return process.waitFor(limit);
    }
  }

  private List<String> wrapped(String launcher) {
    List<String> all = new ArrayList<>(List.of(file("setpriv"), "--pdeathsig", "KILL", "--"));
    if (netns != null) {
      all.addAll(List.of(file("nsenter"), "--net=/proc/" + launcher + "/fd/" + netns.fd(), "--"));
    }
    if (!cpus.isEmpty()) {
      all.addAll(List.of(file("taskset"), "-c", Cpus.list(cpus)));
    }
    if (nice < 0 && CountedTime.isOn()) {
      // the fairest scheduler lets a waiting thread of this process have the one CPU for a slice
      // of 3 ms at times, which is 3 % of a run of 100 ms: only what is measured runs meanwhile
      all.addAll(List.of(file("chrt"), "--fifo", "1"));
    } else if (nice != 0) {
      all.addAll(List.of(file("nice"), "-n", Integer.toString(nice)));
    }
    all.add(file(argv.get(0)));
    all.addAll(argv.subList(1, argv.size()));
    return all;
  }

  private static String file(String program) {
    return find(program)
        .map(Path::toString)
        .orElseThrow(
            () ->
                new ExperimentException(
                    "Cannot run " + program + ": it is not installed",
                    null,
                    null,
                    "install it; 'vethbook doctor' lists each tool with its Debian package",
                    null));
  }

  /** {@code netperf -H 10.0.0.2}: for error texts. */
  @Override
  public String toString() {
    return String.join(" ", argv);
  }

  /**
   * What a process left.
   *
   * @param exit its exit status; 128 + n when signal n ended it
   * @param took from start to end
   */
  public record Output(int exit, String out, String err, Duration took) {}
}
