package vethbook.extension;

import java.util.List;

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

  /** Subcommands for the command line, each an object with picocli's {@code @Command}. */
  default List<Object> commands() {
    return List.of();
  }
}
