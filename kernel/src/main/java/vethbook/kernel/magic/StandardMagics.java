package vethbook.kernel.magic;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import vethbook.kernel.language.Libraries;

/** The magics that every notebook has. */
public final class StandardMagics {
  private StandardMagics() {}

  /**
   * Magics for one notebook.
   *
   * @param variables those of all cells
   */
  public static Magics of(Libraries libraries, Supplier<Map<String, Object>> variables) {
    return new Magics(
        List.of(new TimeMagic(), new ClasspathMagic(libraries), new WhoMagic(variables)));
  }
}
