package vethbook.kernel.language;

import com.fasterxml.jackson.core.JsonProcessingException;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.kernel.display.Displays;
import vethbook.kernel.display.Picture;
import vethbook.kernel.protocol.Json;

/**
 * The functions that cells of all languages call without an import: they show values, say how
 * values of a type are shown, tell how far a cell is, and ask.
 */
public final class NotebookFunctions {
  private final Displays displays;
  private final NotebookOutput output;
  private final ProgressBars bars;
  private final Set<String> named = new HashSet<>();
  private final Set<String> namedHere = new HashSet<>();

  public NotebookFunctions(Displays displays, NotebookOutput output) {
    this.displays = displays;
    this.output = output;
    bars = new ProgressBars(output::progress);
  }

  /** What follows is another cell's. */
  public synchronized void begin() {
    namedHere.clear();
  }

  /** The cell has ended: what it counted and left is said to have stopped. */
  public void end() {
    bars.end();
  }

  /**
   * Shows a value below the cell, before the cell ends. What it returns replaces the value later:
   * {@code shown = display(1); shown.update(2)}.
   */
  public Shown display(@Nullable Object value) {
    return show(displays.render(value));
  }

  /**
   * Shows a value under a name that {@code update} knows in this and later cells. A second use in
   * the same cell replaces the first.
   *
   * <pre>{@code
   * display 0, id: 'count'
   * 3.times { update 'count', it; sleep 200 }
   * }</pre>
   *
   * @param options {@code id}: the name
   */
  public Shown display(
      @NamedParams({@NamedParam(value = "id", type = Object.class)}) Map<String, ?> options,
      @Nullable Object value) {
    String id = String.valueOf(options.get("id"));
    if (!options.keySet().equals(Set.of("id"))) {
      throw new FunctionException(
          "Cannot display with " + String.join(", ", options.keySet()),
          "display(value, id: 'name') is the only form with an option",
          null);
    }
    boolean isUpdate;
    synchronized (this) {
      isUpdate = !namedHere.add(id);
      named.add(id);
    }
    output.display(displays.render(value), id, isUpdate);
    return new Shown(id, other -> output.display(displays.render(other), id, true));
  }

  /** Shows a value in these media types alone: {@code display('# Title', 'text/markdown')}. */
  public Shown display(@Nullable Object value, String... types) {
    return show(render(value, types));
  }

  private Shown show(MimeBundle bundle) {
    String id = UUID.randomUUID().toString();
    output.display(bundle, id, false);
    return new Shown(id, other -> output.display(displays.render(other), id, true));
  }

  /** Replaces what was shown under a name, or what {@code display} returned. */
  public void update(Object id, @Nullable Object value) {
    replace(id, displays.render(value));
  }

  /** The same in these media types alone. */
  public void update(Object id, @Nullable Object value, String... types) {
    replace(id, render(value, types));
  }

  /** The same as {@code update}, under the name that IJava has for it. */
  public void updateDisplay(Object id, @Nullable Object value) {
    update(id, value);
  }

  /** The same in these media types alone. */
  public void updateDisplay(Object id, @Nullable Object value, String... types) {
    update(id, value, types);
  }

  private void replace(Object id, MimeBundle bundle) {
    String name = id.toString();
    boolean isOwn =
        id instanceof Shown || name.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    synchronized (this) {
      if (!isOwn && !named.contains(name)) {
        throw new FunctionException(
            "Cannot update '" + name + "': nothing was shown under this name",
            "display(value, id: '" + name + "') shows something under it",
            null);
      }
    }
    output.display(bundle, name, true);
  }

  /** A value in the media types in which it would be shown. */
  public MimeBundle render(@Nullable Object value) {
    return displays.render(value);
  }

  /**
   * A value in these media types alone. Text is taken to be written in them.
   *
   * @throws IllegalArgumentException for a type that the value does not have
   */
  public MimeBundle render(@Nullable Object value, String... types) {
    return RenderedAs.of(displays.render(value), value, List.of(types));
  }

  /**
   * Says how values of a type are shown from now on: as what the function returns, text or any
   * other value.
   *
   * <pre>{@code
   * render(Locale) { html("<b>${it.displayLanguage}</b>") }
   * }</pre>
   *
   * @param type a class or interface; a more specific one comes first
   * @param as is given the value
   */
  public <T> void render(Class<T> type, Function<? super T, ?> as) {
    displays.add(type, as);
  }

  /** Text that is HTML, as a value that shows itself. */
  public MimeBundle html(Object text) {
    return MimeBundle.of(MimeBundle.HTML, text.toString());
  }

  /** Text that is Markdown, as a value that shows itself. */
  public MimeBundle markdown(Object text) {
    return MimeBundle.of(MimeBundle.MARKDOWN, text.toString());
  }

  /** A formula in LaTeX; it is taken to be one of its own line if it has no dollar signs. */
  public MimeBundle latex(Object text) {
    String formula = text.toString().strip();
    boolean isMarked =
        formula.startsWith("$") || formula.startsWith("\\begin") || formula.startsWith("\\[");
    return MimeBundle.of(MimeBundle.LATEX, isMarked ? formula : "$$" + formula + "$$");
  }

  /** The text of an SVG picture, as a value that shows itself. */
  public MimeBundle svg(Object text) {
    return MimeBundle.of(MimeBundle.SVG, text.toString()).and(MimeBundle.PLAIN, "picture");
  }

  /**
   * JSON text, or maps and lists, as JSON: JupyterLab shows a tree to open and close, others the
   * indented text.
   */
  public MimeBundle json(@Nullable Object value) {
    try {
      var tree = value instanceof CharSequence text ? Json.read(text.toString()) : Json.tree(value);
      String indented = Json.indented(tree);
      Object plain = Json.plain(tree);
      return plain == null
          ? MimeBundle.plain(indented)
          : MimeBundle.of(MimeBundle.JSON, plain).and(MimeBundle.PLAIN, indented);
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      throw new FunctionException(
          "Cannot read the text as JSON"
              + (place == null
                  ? ""
                  : ": line " + place.getLineNr() + ", column " + place.getColumnNr()),
          e.getOriginalMessage(),
          e);
    }
  }

  /**
   * A picture: a PNG, JPEG, GIF or SVG file, its bytes, or a {@code java.awt} image. A file becomes
   * part of the notebook.
   *
   * @param source a path, a file, the bytes of one, or an image
   */
  public MimeBundle image(Object source) {
    if (source instanceof byte[] bytes) {
      return Picture.of(bytes, bytes.length + " bytes").orElseThrow(() -> noPicture("these bytes"));
    }
    if (!(source instanceof CharSequence || source instanceof Path || source instanceof File)) {
      return displays.render(source);
    }
    Path file = Path.of(source.toString());
    try {
      return Picture.of(Files.readAllBytes(file), String.valueOf(file.getFileName()))
          .orElseThrow(() -> noPicture(file.toString()));
    } catch (IOException e) {
      throw new FunctionException(
          "Cannot read the picture " + file,
          Files.exists(file)
              ? String.valueOf(e.getMessage())
              : "there is no such file; cells look in " + Path.of("").toAbsolutePath(),
          e);
    }
  }

  private static FunctionException noPicture(String what) {
    return new FunctionException(
        "Cannot show " + what + " as a picture", "PNG, JPEG, GIF and SVG can be shown", null);
  }

  /**
   * Tells how far a loop over a number of turns is, by a bar in one place below the cell.
   *
   * <pre>{@code
   * for (i in progress(10)) { sleep 50 }
   * }</pre>
   *
   * @param count how many turns: from 0 on
   */
  public Iterable<Integer> progress(int count) {
    return progress(count, "");
  }

  /**
   * The same with a word before the count.
   *
   * @param text what is going on
   */
  public Iterable<Integer> progress(int count, String text) {
    if (count < 0) {
      throw new FunctionException(
          "Cannot count to " + count, "progress(10) is a loop of ten turns, from 0 to 9", null);
    }
    return bars.over(() -> java.util.stream.IntStream.range(0, count).iterator(), count, text);
  }

  /** Tells how far a loop over these values is. */
  public <T> Iterable<T> progress(Iterable<T> values) {
    return progress(values, "");
  }

  /** The same with a word before the count. */
  public <T> Iterable<T> progress(Iterable<T> values, String text) {
    long size = values instanceof java.util.Collection<?> known ? known.size() : -1;
    return bars.over(values, size, text);
  }

  /** Tells how far a loop over a map's entries is. */
  public <K, V> Iterable<Map.Entry<K, V>> progress(Map<K, V> values) {
    return progress(values.entrySet());
  }

  /** Tells how far a loop over an array is. */
  public <T> Iterable<T> progress(T[] values) {
    return progress(List.of(values));
  }

  /** Tells how far a loop over a stream is; it has no end to be seen, so only turns are counted. */
  public <T, S extends BaseStream<T, S>> Iterable<T> progress(BaseStream<T, S> values) {
    return bars.over(values::iterator, -1, "");
  }

  /** Forgets what the cell has shown, as soon as something new comes. */
  public void clearOutput() {
    output.clear();
  }

  /** Asks the person for a line. */
  public String input() throws InterruptedException {
    return input("");
  }

  /** Asks the person for a line, with words before it. */
  public String input(Object prompt) throws InterruptedException {
    return output.ask(String.valueOf(prompt), false);
  }

  /** Asks the person for a line that is hidden while it is typed. */
  public String password() throws InterruptedException {
    return password("");
  }

  /** The same with words before it. */
  public String password(Object prompt) throws InterruptedException {
    return output.ask(String.valueOf(prompt), true);
  }
}
