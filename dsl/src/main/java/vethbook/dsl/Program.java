package vethbook.dsl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import vethbook.lab.Lab;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;
import vethbook.linux.process.Cpus;
import vethbook.tool.Priority;

/**
 * A program that a cell wants to run in a namespace, as the words {@code run} and {@code start} say
 * it.
 */
final class Program {
  private static final Duration USUAL_LIMIT = Duration.ofMinutes(10);
  private static final int HIGHEST_NICE = 19;
  private static final int LOWEST_NICE = -20;

  private final Netns netns;
  private final Options options;
  private final Command command;

  /**
   * @param word that it is said with; {@link ProcessWords} declares its options
   */
  Program(String word, Map<String, ?> given, Netns netns, Object... argv) {
    netns.lab().requireNoPlan(word + " a program");
    this.netns = netns;
    this.options = new Options(ProcessWords.class, word, given);
    this.command = command(word, words(word, netns, argv));
  }

  private static List<String> words(String word, Netns netns, Object... argv) {
    List<String> words = new ArrayList<>();
    for (Object part : argv) {
      Collection<?> parts = part instanceof Collection<?> many ? many : Arrays.asList(part);
      parts.forEach(each -> words.add(String.valueOf(each)));
    }
    if (words.isEmpty() || words.get(0).isBlank()) {
      throw new PlanException(
          "Cannot " + word + " nothing in " + netns,
          "say a program and its arguments: %s %s, 'ip', 'addr'".formatted(word, netns.name()));
    }
    String program = words.get(0);
    if (words.size() == 1 && program.contains(" ") && Command.find(program).isEmpty()) {
      throw new PlanException(
          "Cannot %s '%s' in %s: there is no such program".formatted(word, program, netns),
          "say each argument by itself: %s %s, '%s'; for a shell: %s %s, 'sh', '-c', '%s'"
              .formatted(
                  word,
                  netns.name(),
                  String.join("', '", program.split(" +")),
                  word,
                  netns.name(),
                  program));
    }
    return words;
  }

  private Command command(String word, List<String> argv) {
    // most programs print to a pipe only when they end: Python can be asked not to wait
    Command command = Command.of(argv).in(netns.handle()).environment("PYTHONUNBUFFERED", "1");
    for (Map.Entry<String, String> variable : options.map("env").entrySet()) {
      command = command.environment(variable.getKey(), variable.getValue());
    }
    if (options.has("input")) {
      command = command.input(options.text("input"));
    }
    return command.onCpus(cpus(word)).nice(nice(word));
  }

  private Set<Integer> cpus(String word) {
    Set<Integer> wanted = options.cpus("cpus");
    Set<Integer> allowed = new TreeSet<>(Cpus.allowed());
    if (!allowed.containsAll(wanted)) {
      throw new PlanException(
          "Cannot %s on cpus %s".formatted(word, Cpus.list(wanted)),
          "this machine has CPUs " + Cpus.list(allowed));
    }
    return wanted;
  }

  private int nice(String word) {
    int nice = options.count("nice", 0, LOWEST_NICE);
    if (nice > HIGHEST_NICE) {
      throw new PlanException(
          "Cannot %s with nice: %d".formatted(word, nice), "it is -20 (first) to 19 (last)");
    }
    if (nice < 0 && Priority.best() == 0) {
      throw new PlanException(
          "Cannot %s with nice: %d".formatted(word, nice),
          "below 0 needs CAP_SYS_NICE in the initial user namespace: start Jupyter as root");
    }
    return nice;
  }

  /**
   * Runs it to its end.
   *
   * @return its standard output; with {@code check: false} its standard error as well
   */
  String run() {
    boolean checks = !options.has("check") || options.flag("check");
    Command.Output output = command.run(options.time("timeout", USUAL_LIMIT));
    if (!checks) {
      return (output.out() + output.err()).stripTrailing();
    }
    if (output.exit() != 0) {
      throw new ExperimentException(
          "Cannot run '%s' in %s: exit status %d".formatted(command, netns, output.exit()),
          command.argv().get(0),
          (output.err() + output.out()).strip(),
          null,
          null);
    }
    return output.out().stripTrailing();
  }

  /** Starts it in the background. */
  BackgroundProcess start() {
    return new BackgroundProcess(netns, command, command.start());
  }

  /** The namespace comes first. */
  static PlanException withoutNetns(Lab lab, String word, String program, Object... rest) {
    boolean isName = lab.namespaces().stream().anyMatch(netns -> netns.name().equals(program));
    if (isName) {
      return new PlanException(
          "Cannot take the text '%s' as a netns in %s".formatted(program, word),
          "write its variable: %s = netns '%s', then %s %s, ..."
              .formatted(program, program, word, program));
    }
    List<Object> words = new ArrayList<>(List.of(program));
    words.addAll(Arrays.asList(rest));
    String netns =
        words.stream()
            .filter(Netns.class::isInstance)
            .map(said -> ((Netns) said).name())
            .findFirst()
            .orElse("client");
    List<String> argv =
        words.stream().filter(said -> !(said instanceof Netns)).map(String::valueOf).toList();
    return new PlanException(
        "Cannot %s '%s' without a netns before it".formatted(word, String.join(" ", argv)),
        "say %s %s, '%s'; on the machine itself say host"
            .formatted(word, netns, String.join("', '", argv)));
  }
}
