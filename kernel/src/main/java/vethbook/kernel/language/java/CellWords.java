package vethbook.kernel.language.java;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.kernel.language.NotebookFunctions;

/**
 * Functions that Java cells call without an import, named as notebooks written for IJava and JJava
 * name them.
 *
 * <p>Each notebook has its own copy of this class ({@link vethbook.kernel.language.Libraries}):
 * that is why a static field may hold what belongs to one notebook.
 */
public final class CellWords {
  private static @Nullable CellServices services;

  private CellWords() {}

  private static CellServices services() {
    return Objects.requireNonNull(services, "no notebook is running");
  }

  private static NotebookFunctions functions() {
    return services().functions();
  }

  /**
   * Shows a value below the cell.
   *
   * @return an id for {@link #updateDisplay}
   */
  public static String display(@Nullable Object value) {
    return functions().display(value).id();
  }

  /** The same in these media types alone: {@code display("<b>!</b>", "text/html")}. */
  public static String display(@Nullable Object value, String... as) {
    return functions().display(value, as).id();
  }

  /** Replaces what was shown under this id. */
  public static void updateDisplay(String id, @Nullable Object value) {
    functions().update(id, value);
  }

  /** The same in these media types alone. */
  public static void updateDisplay(String id, @Nullable Object value, String... as) {
    functions().update(id, value, as);
  }

  /** The value as it would be shown. */
  public static MimeBundle render(@Nullable Object value) {
    return functions().render(value);
  }

  /**
   * The value in these media types alone. Text is taken to be written in them.
   *
   * @throws IllegalArgumentException for a type that the value does not have
   */
  public static MimeBundle render(@Nullable Object value, String... as) {
    return functions().render(value, as);
  }

  /**
   * Says how values of a type are shown from now on: {@code render(Locale.class, l -> html("<b>" +
   * l + "</b>"))}.
   */
  public static <T> void render(Class<T> type, Function<? super T, ?> as) {
    functions().render(type, as);
  }

  /** Text that is HTML, as a value that shows itself. */
  public static MimeBundle html(Object text) {
    return functions().html(text);
  }

  /** Text that is Markdown, as a value that shows itself. */
  public static MimeBundle markdown(Object text) {
    return functions().markdown(text);
  }

  /** A formula in LaTeX. */
  public static MimeBundle latex(Object text) {
    return functions().latex(text);
  }

  /** The text of an SVG picture, as a value that shows itself. */
  public static MimeBundle svg(Object text) {
    return functions().svg(text);
  }

  /** JSON text, or maps and lists, as JSON. */
  public static MimeBundle json(@Nullable Object value) {
    return functions().json(value);
  }

  /** A picture: the path of a PNG, JPEG, GIF or SVG file, its bytes, or an image. */
  public static MimeBundle image(Object source) {
    return functions().image(source);
  }

  /** Tells how far a loop over the numbers from 0 on is: {@code for (int i : progress(10))}. */
  public static Iterable<Integer> progress(int count) {
    return functions().progress(count);
  }

  /** The same with a word before the count. */
  public static Iterable<Integer> progress(int count, String text) {
    return functions().progress(count, text);
  }

  /** Tells how far a loop over these values is. */
  public static <T> Iterable<T> progress(Iterable<T> values) {
    return functions().progress(values);
  }

  /** The same with a word before the count. */
  public static <T> Iterable<T> progress(Iterable<T> values, String text) {
    return functions().progress(values, text);
  }

  public static void clearOutput() {
    functions().clearOutput();
  }

  /** Asks the person for a line. */
  public static String input(String prompt) throws InterruptedException {
    return functions().input(prompt);
  }

  /** Asks the person for a line that is hidden while it is typed. */
  public static String password(String prompt) throws InterruptedException {
    return functions().password(prompt);
  }

  public static void printf(String format, Object... arguments) {
    System.out.printf(format, arguments);
  }

  /** What {@code %name arguments} does; its value has the type that it is assigned to. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as notebooks call it
  public static <T> @Nullable T lineMagic(String name, List<String> arguments) throws Throwable {
    return (T) services().lineMagic(name, arguments);
  }

  /** What {@code %%name arguments} over a body does. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <T> @Nullable T cellMagic(String name, List<String> arguments, String body)
      throws Throwable {
    return (T) services().cellMagic(name, arguments, body);
  }
}
