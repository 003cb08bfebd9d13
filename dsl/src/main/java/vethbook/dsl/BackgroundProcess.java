package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.ListeningPorts;
import vethbook.linux.process.Command;
import vethbook.linux.process.RunningProcess;

/**
 * A program that runs in a namespace while cells go on: {@code server = start client, 'python3',
 * '-m', 'http.server'}. Its output is kept; it ends with the lab at the latest.
 */
public final class BackgroundProcess {
  private static final Duration USUAL_LIMIT = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int LAST_LINES = 5;
  private static final int MOST_PORT = 65_535;

  private final Netns netns;
  private final Command command;
  private final RunningProcess process;

  BackgroundProcess(Netns netns, Command command, RunningProcess process) {
    this.netns = netns;
    this.command = command;
    this.process = process;
  }

  public long getPid() {
    return process.pid();
  }

  /** Its standard output so far. */
  public String getOut() {
    return process.out();
  }

  /** Its standard error so far. */
  public String getErr() {
    return process.err();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit status, 128 + n when signal n ended it; null while it runs. */
  public @Nullable Integer getExit() {
    OptionalInt exit = process.exit();
    return exit.isPresent() ? exit.getAsInt() : null;
  }

  /** Waits until it has printed a text, at most ten seconds. */
  public BackgroundProcess await(String text) {
    return await(Map.of(), text);
  }

  /**
   * Waits until it has printed a text, and listens on a port if one is said.
   *
   * @throws ExperimentException when it has ended without, or the time is over; it runs on then
   */
  public BackgroundProcess await(
      @NamedParams({@NamedParam("port"), @NamedParam("timeout")}) Map<String, ?> options,
      String text) {
    Options checked = new Options(BackgroundProcess.class, "await", options);
    Duration limit = checked.time("timeout", USUAL_LIMIT);
    if (!process.awaitEither(text, limit)) {
      throw inVain("to print '" + text + "'", limit);
    }
    return checked.has("port") ? await(options) : this;
  }

  /** Waits until a program in its namespace listens on a TCP port: {@code await port: 80}. */
  public BackgroundProcess await(
      @NamedParams({@NamedParam("port"), @NamedParam("timeout")}) Map<String, ?> options) {
    Options checked = new Options(BackgroundProcess.class, "await", options);
    checked.value("port", "8000, or await a text that it prints");
    int port = checked.count("port", 0, 1);
    if (port > MOST_PORT) {
      throw new PlanException("Cannot await port " + port, "ports are 1 to 65535");
    }
    Duration limit = checked.time("timeout", USUAL_LIMIT);
    if (!becomes(() -> ListeningPorts.of(netns.handle()).contains(port), limit)) {
      throw inVain("to listen on port " + port, limit);
    }
    return this;
  }

  private boolean becomes(BooleanSupplier wish, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!wish.getAsBoolean()) {
      if (!isAlive() || System.nanoTime() > deadline) {
        return false;
      }
      try {
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ExperimentException("Interrupted while waiting for '" + command + "'");
      }
    }
    return true;
  }

  private ExperimentException inVain(String what, Duration limit) {
    Integer exit = getExit();
    String reason =
        exit == null ? "not within " + limit.toMillis() / 1000.0 + " s" : "it ended with " + exit;
    String said = lastLines();
    return new ExperimentException(
        "Cannot await '%s' in %s %s: %s".formatted(command, netns, what, reason),
        command.argv().get(0),
        said.isEmpty() ? "printed nothing" : said,
        exit == null && said.isEmpty()
            ? "many programs keep what they print until they end when it goes to no terminal:"
                + " start them with 'stdbuf', '-oL' before their name"
            : null,
        null);
  }

  /** Waits for its end, at most ten seconds. */
  public int waitFor() {
    return waitFor(Map.of());
  }

  /**
   * Waits for its end.
   *
   * @return its exit status
   * @throws ExperimentException when the time is over; it is ended then
   */
  public int waitFor(@NamedParams(@NamedParam("timeout")) Map<String, ?> options) {
    Options checked = new Options(BackgroundProcess.class, "waitFor", options);
    return process.waitFor(checked.time("timeout", USUAL_LIMIT)).exit();
  }

  /** Ends it: SIGTERM, and SIGKILL half a second later if need be. */
  public BackgroundProcess stop() {
    process.close();
    return this;
  }

  private String lastLines() {
    List<String> lines = (getOut() + getErr()).lines().filter(line -> !line.isBlank()).toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** Command, process id, state and the last lines of its output. */
  @Override
  public String toString() {
    Integer exit = getExit();
    String head =
        "%s  (pid %d in %s, %s)"
            .formatted(
                command, getPid(), netns, exit == null ? "runs" : "ended with exit status " + exit);
    String said = lastLines();
    return said.isEmpty() ? head : head + "\n" + said.indent(2).stripTrailing();
  }
}
