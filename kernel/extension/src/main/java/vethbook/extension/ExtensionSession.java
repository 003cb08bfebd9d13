package vethbook.extension;

import java.util.List;
import java.util.Map;

/** One running kernel's use of a DSL. Its methods may be called from any thread. */
public interface ExtensionSession extends AutoCloseable {
  /**
   * The class that each Groovy cell extends: a {@code groovy.lang.Script} with the words as
   * methods.
   */
  Class<?> scriptBaseClass();

  /** Called with each compiled cell before it runs, so that its words find this session. */
  void attach(Object script);

  /** Packages whose classes a cell may name without an import, such as {@code vethbook.dsl}. */
  List<String> importedPackages();

  /** Classes whose static members a cell may name without an import. */
  List<String> importedStatics();

  /** How values of the DSL show themselves. */
  List<Renderer<?>> renderers();

  /** What a variable that a cell refers to but never assigned means, such as {@code lab}. */
  Map<String, Object> variables();

  /** Ends all that the session has built and started; called once, also after an interrupt. */
  @Override
  void close();
}
