package vethbook.extension;

import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /**
   * What could be typed at a place, besides what its type tells: kernel parameters, names of
   * things, devices of namespaces. What does not begin with the typed part is left out by the
   * kernel.
   */
  default List<Suggestion> suggest(Slot slot) {
    return List.of();
  }

  /**
   * The parts of one of the DSL's values that a cell reaches by name and that its class does not
   * tell, such as the devices of a namespace. Nothing is made or changed by asking.
   */
  default Map<String, Object> parts(Object value) {
    return Map.of();
  }

  /** The type of such parts of values of a class; empty for a class that has none. */
  default Optional<Class<?>> partType(Class<?> type) {
    return Optional.empty();
  }

  /** The names of places that programs can be run at, such as network namespaces. */
  default List<String> places() {
    return List.of();
  }

  /**
   * How a program is run at a place that a person names: what its command line begins with. Empty
   * when the DSL has no places.
   *
   * @throws UserException when it has no place of this name
   */
  default List<String> enter(String place) {
    return List.of();
  }

  /** A line or two of a cell that use a word, for its help; empty when there is none. */
  default Optional<String> example(String word) {
    return Optional.empty();
  }

  /** Ends all that the session has built and started; called once, also after an interrupt. */
  @Override
  void close();
}
