package vethbook.kernel.magic;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Progress;
import vethbook.kernel.language.Libraries;

/** The magics that every notebook has. */
public final class StandardMagics {
  private StandardMagics() {}

  /**
   * Magics for one notebook.
   *
   * @param variables those of all cells
   * @param progress told how far a download is
   * @param typed runs a Groovy cell whose types are checked first
   */
  public static Magics of(
      Libraries libraries,
      Supplier<Map<String, Object>> variables,
      List<ExtensionSession> sessions,
      Consumer<Progress> progress,
      TypedMagic.Evaluation typed) {
    NotebookLibraries known = new NotebookLibraries(libraries, progress);
    return new Magics(
        List.of(
            new MavenMagic(known),
            new MavenRepositoryMagic(known),
            new PomMagic(known),
            new ClasspathMagic(libraries),
            new LoadMagic(),
            new ShellMagic(sessions),
            new TimeMagic(),
            new TypedMagic(typed),
            new WhoMagic(variables),
            new ResetMagic(variables)));
  }
}
