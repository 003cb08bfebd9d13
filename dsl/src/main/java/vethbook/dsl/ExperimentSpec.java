package vethbook.dsl;

import groovy.lang.Closure;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;

/** What can be said inside {@code experiment(...) { }}. */
public interface ExperimentSpec {
  /**
   * One way of doing what is compared. Its block is kept and run once in every round; what its last
   * line yields is the measurement.
   *
   * @param options {@code needs}: a feature that Linux must have, else the setting is skipped,
   *     visibly
   */
  void setting(
      @NamedParams(@NamedParam("needs")) Map<String, ?> options, String name, Closure<?> body);

  /** The same without options. */
  default void setting(String name, Closure<?> body) {
    setting(Map.of(), name, body);
  }
}
