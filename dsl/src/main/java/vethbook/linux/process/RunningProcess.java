package vethbook.linux.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Call;
import vethbook.linux.libc.SystemCallException;

/** A child process whose output is kept as it comes. Closing it ends it. */
public final class RunningProcess implements AutoCloseable {
  private static final long PAUSE_MS = 5;
  private static final int SIGINT = 2;
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Command command;
  private final Process process;
  private final Capture out;
  private final Capture err;
  private final long started = System.nanoTime();

  private RunningProcess(Command command, Process process) {
    this.command = command;
    this.process = process;
    this.out = Capture.of(process.getInputStream(), command + " stdout");
    this.err = Capture.of(process.getErrorStream(), command + " stderr");
  }

  /** Call once from a thread in the host's network namespace, before any other is made. */
  public static void prepare() {
    if (!Prepared.YES) {
      throw new IllegalStateException("the process launcher was not started");
    }
  }

  /** Done once: starting the launcher's thread takes a hand-over to it and back. */
  private static final class Prepared {
    static final boolean YES = start();

    private static boolean start() {
      Launcher.prepare();
      return true;
    }
  }

  static RunningProcess start(Command command, List<String> argv) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().putAll(command.environment());
    builder.environment().put(Strays.VARIABLE, Strays.mark());
    Process process = builder.start();
    RunningProcess running = new RunningProcess(command, process);
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(command.inputText().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // it ended without reading: its exit status and output tell more than a broken pipe
      running.err.note("[standard input not read: " + e.getMessage() + "]");
    }
    return running;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed so far. */
  public String out() {
    return out.text();
  }

  public String err() {
    return err.text();
  }

  /** Its exit status, 128 + n when signal n ended it; empty while it runs. */
  public OptionalInt exit() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** Waits until either of its outputs holds a text, at most so long; false when neither does. */
  public boolean awaitEither(String piece, Duration limit) {
    return await(() -> out.contains(piece) || err.contains(piece), limit);
  }

  /** Waits until something is true of it, at most so long or until it ends; false when not. */
  public boolean await(BooleanSupplier condition, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      boolean hasEnded = out.hasEnded() && err.hasEnded();
      if (hasEnded) {
        awaitExit();
      }
      if (hasEnded || System.nanoTime() > deadline) {
        return condition.getAsBoolean();
      }
      pause();
    }
    return true;
  }

  /** The ends of its outputs come a moment before its own; a daemon closes them and lives on. */
  private void awaitExit() {
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new ExperimentException("Interrupted: ended '" + command + "'");
    }
  }

  /**
   * Waits until its standard output holds a text, such as "listening".
   *
   * @return false when it ended before, or the time is over
   */
  public boolean awaitOutput(String piece, Duration limit) {
    try {
      return out.await(piece, limit.toNanos());
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new ExperimentException("Interrupted: ended '" + command + "'");
    }
  }

  /**
   * Waits for its end.
   *
   * @throws ExperimentException when it takes longer, or when this thread is interrupted; the
   *     process is ended in both cases
   */
  public Command.Output waitFor(Duration limit) {
    try {
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        close();
        throw new ExperimentException(
            "Ended '" + command + "' because it took longer than " + seconds(limit),
            command.argv().get(0),
            lastLine(),
            null,
            null);
      }
      out.finish();
      err.finish();
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new ExperimentException("Interrupted: ended '" + command + "'");
    }
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    return new Command.Output(process.exitValue(), out.text(), err.text(), took);
  }

  /**
   * Ends it as Ctrl-C does, upon which some programs print what they have found out.
   *
   * @return what it left
   * @throws ExperimentException when it takes longer; it is ended then
   */
  public Command.Output interrupt(Duration limit) {
    if (process.isAlive()) {
      signalInterrupt();
    }
    return waitFor(limit);
  }

  private void signalInterrupt() {
    try {
      Call.kill(pid(), SIGINT);
    } catch (SystemCallException e) {
      if (process.isAlive()) {
        throw e;
      } // else it ended by itself in this moment
    }
  }

  private String lastLine() {
    String said = (err.text() + "\n" + out.text()).strip();
    return said.isEmpty() ? "printed nothing" : said.substring(said.lastIndexOf('\n') + 1);
  }

  private static String seconds(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  /** Ends it: SIGTERM, and SIGKILL half a second later if need be. Safe to call again. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      process.destroy();
      if (!process.waitFor(GRACE.toNanos(), TimeUnit.NANOSECONDS)) {
        process.destroyForcibly();
        process.waitFor(GRACE.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      interrupted = true;
      process.destroyForcibly();
    } finally {
      closeStreams();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void closeStreams() {
    if (process.isAlive()) {
      return;
    }
    for (InputStream stream : List.of(process.getInputStream(), process.getErrorStream())) {
      try {
        stream.close();
      } catch (IOException e) {
        err.note("[cannot close a pipe: " + e.getMessage() + "]");
      }
    }
  }
}
