package vethbook.kernel.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import vethbook.extension.DisplayHandle;
import vethbook.extension.Extension;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Host;
import vethbook.extension.MimeBundle;
import vethbook.extension.Progress;
import vethbook.extension.Renderer;
import vethbook.kernel.display.Displays;
import vethbook.kernel.language.CellError;
import vethbook.kernel.language.Language;
import vethbook.kernel.language.groovy.GroovyLanguage;

/**
 * Runs cells, one after the other, on a thread of its own, and sends what they show to a sink. It
 * knows nothing of ZeroMQ: the kernel and the batch runner both sit on it.
 *
 * <p>Cells have a thread of their own because that is the one that gets interrupted; an interrupt
 * inside a ZeroMQ socket would break the socket.
 */
public final class Engine implements AutoCloseable {
  private static final int REPEATED_INTERRUPTS = 20;
  private static final long CELL_STACK_BYTES = 16L << 20;
  private static final int INTERRUPTS_IN_A_BURST = 50;
  private static final Duration BETWEEN_BURSTS = Duration.ofMillis(50);
  private static final Duration BETWEEN_INTERRUPTS = Duration.ofNanos(20_000);

  private final OutputSink sink;
  private final StreamBuffer streams;
  private final StandardStreams standard;
  private final List<ExtensionSession> sessions = new ArrayList<>();
  private final GroovyLanguage language;
  private final Displays displays;
  private final ExecutorService cells;
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private volatile @Nullable Thread running;
  private volatile InputSource input = InputSource.nobody();

  /**
   * An engine with the words of these DSLs.
   *
   * @param extensions the first one's script class is what cells extend
   * @param title what people call the notebook
   */
  public Engine(List<Extension> extensions, OutputSink sink, String title) {
    this.sink = sink;
    streams = new StreamBuffer(sink);
    standard = new StandardStreams(streams);
    Host host = new CellHost(title);
    extensions.forEach(extension -> sessions.add(extension.open(host)));
    List<Renderer<?>> renderers = new ArrayList<>();
    sessions.forEach(session -> renderers.addAll(session.renderers()));
    displays = new Displays(renderers);
    language = new GroovyLanguage(sessions);
    language.define("display", new DisplayWord(this::display));
    language.define("clearOutput", new ClearWord(this::clear));
    InputSource asking = (prompt, password) -> ask(prompt, password);
    language.define("input", new InputWord(asking, false));
    language.define("password", new InputWord(asking, true));
    cells =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(null, task, "cells", CELL_STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
  }

  public Language language() {
    return language;
  }

  public Displays displays() {
    return displays;
  }

  /**
   * How a cell ended.
   *
   * @param error null when it ended well
   * @param result the text of what it returned; empty for nothing
   */
  public record Outcome(@Nullable CellError error, boolean wasInterrupted, String result) {
    public boolean isOk() {
      return error == null;
    }
  }

  /**
   * Runs a cell and waits for its end.
   *
   * @param silent true to show neither its result nor its error
   */
  public Outcome execute(String code, int number, boolean silent) {
    Future<Outcome> future = cells.submit(() -> run(code, number, silent));
    try {
      return future.get();
    } catch (InterruptedException e) {
      interrupt();
      Thread.currentThread().interrupt();
      return new Outcome(language.explain(e), true, "");
    } catch (ExecutionException e) {
      return new Outcome(language.explain(e.getCause()), false, "");
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever a cell throws is the cell's error
  private Outcome run(String code, int number, boolean silent) {
    interrupted.set(false);
    running = Thread.currentThread();
    CellError error = null;
    String result = "";
    try {
      Object value = language.evaluate(code, number);
      streams.flush();
      if (value != null && !silent) {
        MimeBundle bundle = displays.render(value);
        result = bundle.text();
        sink.result(number, bundle);
      }
    } catch (Throwable thrown) {
      error = interrupted.get() ? interruption() : language.explain(thrown);
    } finally {
      running = null;
      Thread.interrupted(); // an interrupt that came at the end is not for the next cell
    }
    streams.flush();
    if (error != null && !silent) {
      sink.error(error);
    }
    return new Outcome(error, interrupted.get(), result);
  }

  private static CellError interruption() {
    String text = "Interrupted: the cell was stopped; its variables are kept.";
    return new CellError("Interrupted", text, List.of("\u001b[31m" + text + "\u001b[0m"));
  }

  /**
   * Evaluates an expression beside the cells: Jupyter's {@code user_expressions}.
   *
   * @throws Exception what the expression throws
   */
  public MimeBundle evaluate(String expression) throws Exception {
    Future<MimeBundle> future = cells.submit(() -> expression(expression));
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private MimeBundle expression(String expression) throws Exception {
    interrupted.set(false);
    running = Thread.currentThread();
    try {
      return displays.render(language.evaluate(expression, Language.BESIDE_THE_CELLS));
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new ExecutionException(e);
    } finally {
      running = null;
      Thread.interrupted();
    }
  }

  /** Stops the running cell; nothing happens when none runs. */
  public void interrupt() {
    Thread target = running;
    if (target == null) {
      return;
    }
    interrupted.set(true);
    target.interrupt();
    Thread insist = new Thread(() -> insist(target), "interrupt");
    insist.setDaemon(true);
    insist.start();
  }

  /**
   * Some code swallows an interrupt: {@code for (;;) try { sleep 10 } catch (e) {}}. For a second
   * it is asked again in bursts: the first interrupt ends the wait, another is there when the loop
   * looks.
   */
  private void insist(Thread target) {
    for (int i = 0; i < REPEATED_INTERRUPTS; i++) {
      LockSupport.parkNanos(BETWEEN_BURSTS.toNanos());
      for (int j = 0; j < INTERRUPTS_IN_A_BURST; j++) {
        if (running != target || !interrupted.get()) {
          return;
        }
        target.interrupt();
        LockSupport.parkNanos(BETWEEN_INTERRUPTS.toNanos());
      }
    }
  }

  /** Stops the running cell and ends what the DSLs have built. */
  @Override
  public void close() {
    interrupt();
    cells.shutdownNow();
    RuntimeException failure = null;
    for (ExtensionSession session : sessions) {
      try {
        session.close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    streams.close();
    standard.close();
    if (failure != null) {
      throw failure;
    }
  }

  /** Who answers cells' questions from now on; nobody does until this is called. */
  void askThrough(InputSource source) {
    input = source;
  }

  private String ask(String prompt, boolean password) throws InterruptedException {
    streams.flush();
    return input.ask(prompt, password);
  }

  private void clear() {
    streams.flush();
    sink.clear(true);
  }

  /** What {@code display(x)} does in a cell. */
  private void display(@Nullable Object value, String id, boolean isUpdate) {
    MimeBundle bundle = displays.render(value);
    streams.flush();
    if (isUpdate) {
      sink.update(bundle, id);
    } else {
      sink.display(bundle, id);
    }
  }

  /** Shows below the running cell, after what it has printed. */
  private DisplayHandle show(MimeBundle bundle, String id) {
    streams.flush();
    sink.display(bundle, id);
    return replacement -> {
      streams.flush();
      sink.update(replacement, id);
    };
  }

  private final class CellHost implements Host {
    private final String title;

    CellHost(String title) {
      this.title = title;
    }

    @Override
    public String title() {
      return title;
    }

    @Override
    public DisplayHandle display(MimeBundle bundle) {
      return show(bundle, UUID.randomUUID().toString());
    }

    @Override
    public void progress(Progress progress) {
      streams.flush();
      sink.progress(progress);
    }
  }
}
