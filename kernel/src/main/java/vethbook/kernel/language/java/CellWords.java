package vethbook.kernel.language.java;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;

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

  /**
   * Shows a value below the cell.
   *
   * @return an id for {@link #updateDisplay}
   */
  public static String display(@Nullable Object value) {
    return show(render(value));
  }

  /** The same in these media types alone: {@code display("<b>!</b>", "text/html")}. */
  public static String display(@Nullable Object value, String... as) {
    return show(render(value, as));
  }

  private static String show(MimeBundle bundle) {
    String id = UUID.randomUUID().toString();
    services().display(bundle, id, false);
    return id;
  }

  /** Replaces what was shown under this id. */
  public static void updateDisplay(String id, @Nullable Object value) {
    services().display(render(value), id, true);
  }

  /** The same in these media types alone. */
  public static void updateDisplay(String id, @Nullable Object value, String... as) {
    services().display(render(value, as), id, true);
  }

  /** The value as it would be shown. */
  public static MimeBundle render(@Nullable Object value) {
    return services().render(value);
  }

  /**
   * The value in these media types alone. Text is taken to be written in them.
   *
   * @throws IllegalArgumentException for a type that the value does not have
   */
  public static MimeBundle render(@Nullable Object value, String... as) {
    return RenderedAs.of(services().render(value), value, List.of(as));
  }

  public static void clearOutput() {
    services().clearOutput();
  }

  /** Asks the person for a line. */
  public static String input(String prompt) throws InterruptedException {
    return services().ask(prompt, false);
  }

  /** Asks the person for a line that is hidden while it is typed. */
  public static String password(String prompt) throws InterruptedException {
    return services().ask(prompt, true);
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
