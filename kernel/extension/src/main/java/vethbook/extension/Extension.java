package vethbook.extension;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A DSL that cells can be written in, found with {@link java.util.ServiceLoader}. */
public interface Extension {
  /** The name people see in {@code vethbook version}, such as {@code vethbook-dsl}. */
  String name();

  /**
   * Begins a session: one for each running kernel or batch run, closed when that ends.
   *
   * @param host where the session shows what it has to show
   */
  ExtensionSession open(Host host);

  /** Reads the results that its cells keep in notebooks; empty for a DSL that measures nothing. */
  default Optional<ResultsReader> results() {
    return Optional.empty();
  }

  /** Subcommands for the command line, each an object with picocli's {@code @Command}. */
  default List<Object> commands() {
    return List.of();
  }

  /** What a run's record should say besides the usual: {@code Clock}, where it is no real one. */
  default Map<String, String> record() {
    return Map.of();
  }

  /** Other places in which {@code vethbook run} can run notebooks. */
  default List<RunPlace> runPlaces() {
    return List.of();
  }
}
