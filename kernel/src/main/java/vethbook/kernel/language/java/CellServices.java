package vethbook.kernel.language.java;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.language.NotebookFunctions;

/** What the kernel does for the functions that Java cells call: see {@link CellWords}. */
public interface CellServices {
  /** What cells of all languages call. */
  NotebookFunctions functions();

  /**
   * Does what {@code %name arguments} does.
   *
   * @return the magic's value; null for none
   */
  @Nullable Object lineMagic(String name, List<String> arguments) throws Throwable;

  /** Does what {@code %%name arguments} over a body does. */
  @Nullable Object cellMagic(String name, List<String> arguments, String body) throws Throwable;
}
