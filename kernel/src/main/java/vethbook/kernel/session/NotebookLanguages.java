package vethbook.kernel.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Progress;
import vethbook.kernel.language.CellSources;
import vethbook.kernel.language.Language;
import vethbook.kernel.language.Libraries;
import vethbook.kernel.language.groovy.GroovyLanguage;
import vethbook.kernel.language.java.CellServices;
import vethbook.kernel.language.java.JavaLanguage;
import vethbook.kernel.magic.Cells;
import vethbook.kernel.magic.Magics;
import vethbook.kernel.magic.StandardMagics;

/** The languages and magics of one notebook, with the variables and libraries that they share. */
final class NotebookLanguages implements AutoCloseable {
  private final Libraries libraries;
  private final GroovyLanguage groovy;
  private final JavaLanguage java;
  private final Cells cells;

  /**
   * @param usual the language of cells that say none: groovy or java
   * @param services what functions of Java cells do
   * @param progress told how far a magic is
   */
  NotebookLanguages(
      List<ExtensionSession> sessions,
      String usual,
      CellServices services,
      Consumer<Progress> progress) {
    Map<String, Object> variables = Collections.synchronizedMap(new LinkedHashMap<>());
    CellSources sources = new CellSources();
    libraries =
        new Libraries(NotebookLanguages.class.getClassLoader(), JavaLanguage.ownedClasses());
    groovy = new GroovyLanguage(sessions, variables, sources, libraries);
    java =
        new JavaLanguage(
            sessions,
            variables,
            name -> !(variables.get(name) instanceof GroovyLanguage.Hidden),
            sources,
            libraries,
            services);
    groovy.knowTypes(java::types);
    groovy.onError(java::name);
    Magics magics =
        StandardMagics.of(libraries, groovy::variables, sessions, progress, groovy::evaluateTyped);
    cells =
        usual.equals("java")
            ? new Cells(java, List.of(groovy), sources, magics)
            : new Cells(groovy, List.of(java), sources, magics);
    if (usual.equals("java")) {
      Thread warmUp = new Thread(java::warmUp, "java warm-up");
      warmUp.setDaemon(true);
      warmUp.start();
    }
  }

  GroovyLanguage groovy() {
    return groovy;
  }

  /** Calls a listener with the loader of libraries, now and whenever it has more of them. */
  void onLibraries(Consumer<ClassLoader> listener) {
    listener.accept(libraries);
    libraries.onAdded(path -> listener.accept(libraries));
  }

  Cells cells() {
    return cells;
  }

  /** What front ends want to know of the language, before there is one. */
  static Language.Info info(String usual) {
    return usual.equals("java") ? JavaLanguage.INFO : GroovyLanguage.INFO;
  }

  /** The languages whose names a kernel may be started with. */
  static Set<String> names() {
    return Set.of("groovy", "java");
  }

  @Override
  public void close() {
    java.close();
    try {
      libraries.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
