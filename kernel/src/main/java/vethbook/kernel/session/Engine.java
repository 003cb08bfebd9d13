package vethbook.kernel.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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
import vethbook.kernel.language.ErrorText;
import vethbook.kernel.language.Language;
import vethbook.kernel.language.NotebookFunctions;
import vethbook.kernel.language.NotebookOutput;
import vethbook.kernel.language.Shown;
import vethbook.kernel.language.groovy.GroovyLanguage;
import vethbook.kernel.language.groovy.NotebookFunction;
import vethbook.kernel.language.java.CellServices;
import vethbook.kernel.magic.Cells;
import vethbook.kernel.parameter.DeclaredParameters;

/**
 * Runs cells, one after the other, on a thread of its own, and sends what they show to a sink. It
 * knows nothing of ZeroMQ: the kernel and the batch runner both sit on it.
 *
 * <p>Cells have a thread of their own because that is the one that gets interrupted; an interrupt
 * inside a ZeroMQ socket would break the socket.
 */
public final class Engine implements AutoCloseable {
  private static final String PARAMETERS = "parameters";

  private final OutputSink sink;
  private final StreamBuffer streams;
  private final StandardStreams standard;
  private final List<ExtensionSession> sessions = new ArrayList<>();
  private final NotebookLanguages languages;
  private final Cells language;
  private final Displays displays;
  private final NotebookFunctions functions;
  private final CellThread cells = new CellThread(this::hint);
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final List<Host.ExecutedCell> ranWell = Collections.synchronizedList(new ArrayList<>());
  private volatile Host.ExecutedCell runs = new Host.ExecutedCell(0, "");
  private volatile @Nullable ProgramOutput programs;
  private volatile InputSource input = InputSource.nobody();

  /**
   * An engine with the words of these DSLs.
   *
   * @param extensions the first one's script class is what cells extend
   * @param title what people call the notebook
   */
  public Engine(List<Extension> extensions, OutputSink sink, String title) {
    this(extensions, sink, title, "groovy");
  }

  /**
   * The same with another language for cells that say none.
   *
   * @param usual groovy or java
   */
  public Engine(List<Extension> extensions, OutputSink sink, String title, String usual) {
    this(extensions, sink, new Played(title, usual, Optional.empty(), false));
  }

  /**
   * What an engine is for.
   *
   * @param title what people call the notebook
   * @param language of cells that say none: groovy or java
   * @param journals where a run that can be resumed keeps what must survive a crash
   * @param resumes whether it goes on with what an earlier run has left there
   */
  public record Played(String title, String language, Optional<Path> journals, boolean resumes) {}

  /** An engine for a notebook that is run without a browser. */
  public Engine(List<Extension> extensions, OutputSink sink, Played played) {
    this.sink = sink;
    streams = new StreamBuffer(sink);
    standard = new StandardStreams(streams, this::typed);
    Host host = new CellHost(played);
    extensions.forEach(extension -> sessions.add(extension.open(host)));
    List<Renderer<?>> renderers = new ArrayList<>();
    sessions.forEach(session -> renderers.addAll(session.renderers()));
    renderers.add(Renderer.of(Throwable.class, ErrorText::bundle));
    displays = new Displays(renderers);
    functions = new NotebookFunctions(displays, new FunctionOutput());
    languages =
        new NotebookLanguages(sessions, played.language(), new JavaServices(), host::progress);
    languages.onLibraries(displays::offer);
    language = languages.cells();
    language.onForgetAll(displays::forget);
    GroovyLanguage groovy = languages.groovy();
    groovy.define("out", System.out);
    NotebookFunction.all(functions).forEach(groovy::define);
    Set<String> words = new HashSet<>(NotebookFunction.all(functions).keySet());
    words.addAll(List.of("out", PARAMETERS));
    DeclaredParameters parameters =
        new DeclaredParameters(groovy::variables, groovy::define, words::contains);
    groovy.define(PARAMETERS, new ParametersWord(parameters));
    language.onGivenParameters(parameters::bind);
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
    ProgramOutput output = programs;
    if (output == null) {
      return inTurn(code, number, silent);
    }
    output.before(code);
    try {
      return inTurn(code, number, silent);
    } finally {
      output.after();
    }
  }

  private Outcome inTurn(String code, int number, boolean silent) {
    try {
      return cells.call(task -> run(task, code, number, silent));
    } catch (CellThread.LeftBehindException e) {
      CellError error = leftBehind(e);
      if (!silent) {
        streams.flush();
        sink.error(error);
      }
      return new Outcome(error, true, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(language.explain(e), true, "");
    } catch (ExecutionException e) {
      return new Outcome(language.explain(e.getCause()), false, "");
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever a cell throws is the cell's error
  private Outcome run(CellThread.Task<Outcome> task, String code, int number, boolean silent) {
    CellError error = null;
    String result = "";
    MimeBundle bundle = null;
    functions.begin();
    Host.ExecutedCell cell = new Host.ExecutedCell(runs.run() + 1, code);
    runs = cell;
    try {
      Object value = language.evaluate(code, number);
      if (task.hasLostPrograms()) {
        error = interruption();
      } else if (value != null && !(value instanceof Shown) && !silent) {
        bundle = displays.render(value);
        result = bundle.text();
      }
    } catch (Throwable thrown) {
      error = task.wasInterrupted() ? interruption() : language.explain(thrown);
    }
    Outcome outcome = new Outcome(error, task.wasInterrupted(), result);
    if (task.isLeftBehind()) {
      return outcome; // another cell may be running
    }
    Thread.interrupted(); // what is shown now is not to be interrupted
    if (error == null && !silent) {
      ranWell.add(cell);
    }
    functions.end();
    streams.flush();
    if (bundle != null && !bundle.data().isEmpty()) {
      sink.result(number, bundle);
    }
    if (error != null && !silent) {
      sink.error(error);
    }
    return outcome;
  }

  private static CellError interruption() {
    return interruption("Interrupted: the cell was stopped; its variables are kept.");
  }

  private static CellError leftBehind(CellThread.LeftBehindException left) {
    return interruption(
        "Interrupted: the cell was left behind in "
            + left.getMessage()
            + ", which nothing can stop; variables are kept.");
  }

  private static CellError interruption(String text) {
    return new CellError("Interrupted", text, List.of("\u001b[31m" + text + "\u001b[0m"));
  }

  /** Tells that a cell goes on although it was told to stop. */
  private void hint(String place) {
    streams.flush();
    sink.stream(
        "stderr",
        "The cell does not stop: it is in " + place + ". Stop once more to go on without it.\n");
  }

  /**
   * Evaluates an expression beside the cells: Jupyter's {@code user_expressions}.
   *
   * @throws Exception what the expression throws
   */
  public MimeBundle evaluate(String expression) throws Exception {
    try {
      return cells.call(task -> expression(expression));
    } catch (ExecutionException e) {
      Throwable cause =
          e.getCause() instanceof CompletionException wrapped ? wrapped.getCause() : e.getCause();
      if (cause instanceof Exception thrown) {
        throw thrown;
      }
      throw e;
    }
  }

  @SuppressWarnings("CatchingUnchecked") // what an expression throws is its answer
  private MimeBundle expression(String expression) {
    try {
      return displays.render(language.evaluate(expression, Language.BESIDE_THE_CELLS));
    } catch (Throwable e) {
      throw new CompletionException(e);
    }
  }

  /** Does something on the cells' thread; its error is shown as a cell's is. */
  void perform(Runnable action) {
    try {
      cells.call(
          task -> {
            action.run();
            return true;
          });
    } catch (CellThread.LeftBehindException e) {
      sink.error(leftBehind(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      streams.flush();
      sink.error(language.explain(e.getCause()));
    }
    streams.flush();
  }

  /** Makes something known to cells under a name; it does not count as a variable of theirs. */
  void define(String name, Object value) {
    languages.groovy().define(name, value);
  }

  /** Sends what has been printed. */
  void flush() {
    streams.flush();
  }

  /** Stops the running cell; nothing happens when none runs. */
  public void interrupt() {
    cells.interrupt();
  }

  /** Stops the running cell and ends what the DSLs have built. */
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    cells.close();
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
    languages.close();
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * From now on, what programs print that cells start with this process's own output belongs to the
   * cells too. Only for a process that has no other use for it.
   */
  void captureChildOutput() {
    programs = new ProgramOutput(streams);
  }

  /** Who answers cells' questions from now on; nobody does until this is called. */
  void askThrough(InputSource source) {
    input = source;
  }

  private String ask(String prompt, boolean password) throws InterruptedException {
    streams.flush();
    return input.ask(prompt, password);
  }

  /** A line for who reads System.in in a cell; null, the end, where nobody is asked. */
  private @Nullable String typed() throws InterruptedException {
    return cells.isCurrent() ? ask("", false) : null;
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

  /** The functions of Java cells. */
  private final class JavaServices implements CellServices {
    @Override
    public NotebookFunctions functions() {
      return functions;
    }

    @Override
    public @Nullable Object lineMagic(String name, List<String> arguments) throws Throwable {
      return language.line(name, arguments, Language.BESIDE_THE_CELLS);
    }

    @Override
    public @Nullable Object cellMagic(String name, List<String> arguments, String body)
        throws Throwable {
      return language.over(name, arguments, body, Language.BESIDE_THE_CELLS);
    }
  }

  private final class FunctionOutput implements NotebookOutput {
    @Override
    public void display(MimeBundle bundle, String id, boolean isUpdate) {
      streams.flush();
      if (isUpdate) {
        sink.update(bundle, id);
      } else {
        sink.display(bundle, id);
      }
    }

    @Override
    public void clear() {
      streams.flush();
      sink.clear(true);
    }

    @Override
    public void progress(Progress progress) {
      streams.flush();
      sink.progress(progress);
    }

    @Override
    public String ask(String prompt, boolean password) throws InterruptedException {
      return Engine.this.ask(prompt, password);
    }
  }

  private final class CellHost implements Host {
    private final Played played;

    CellHost(Played played) {
      this.played = played;
    }

    @Override
    public String title() {
      return played.title();
    }

    @Override
    public Optional<Path> journals() {
      return played.journals();
    }

    @Override
    public boolean resumes() {
      return played.resumes();
    }

    @Override
    public List<ExecutedCell> cells() {
      List<ExecutedCell> cells = new ArrayList<>(List.of(ranWell.toArray(new ExecutedCell[0])));
      cells.add(runs);
      return cells;
    }

    @Override
    public String language() {
      return played.language();
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
