package vethbook.kernel.language.java;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;

/** What the kernel does for the functions that Java cells call: see {@link CellWords}. */
public interface CellServices {
  /** The value in all the media types that it has. */
  MimeBundle render(@Nullable Object value);

  /** Shows something below the running cell; an id that was shown before is replaced. */
  void display(MimeBundle bundle, String id, boolean isUpdate);

  /** Forgets what the cell has shown as soon as something new comes. */
  void clearOutput();

  /**
   * Asks the person for a line.
   *
   * @param password whether what is typed is hidden
   */
  String ask(String prompt, boolean password) throws InterruptedException;

  /**
   * Does what {@code %name arguments} does.
   *
   * @return the magic's value; null for none
   */
  @Nullable Object lineMagic(String name, List<String> arguments) throws Throwable;

  /** Does what {@code %%name arguments} over a body does. */
  @Nullable Object cellMagic(String name, List<String> arguments, String body) throws Throwable;
}
