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
   * <p>After {@code over} there is a setting for each combination of levels, and the block gets
   * them: {@code setting('veth') { mtu, cpus -> ... }}.
   *
   * @param options {@code needs}: a feature that Linux must have, or several; {@code minCpus}: how
   *     many CPUs it takes; without them the setting is skipped, visibly. {@code timeLimit} of one
   *     run, instead of the experiment's. {@code linux}: under which Linux of Debian's it is
   *     measured with {@code clock: 'counted'}, such as '6.1'.
   */
  void setting(
      @NamedParams({
            @NamedParam("needs"),
            @NamedParam("minCpus"),
            @NamedParam("timeLimit"),
            @NamedParam("linux")
          })
          Map<String, ?> options,
      String name,
      Closure<?> body);

  /** The same without options. */
  default void setting(String name, Closure<?> body) {
    setting(Map.of(), name, body);
  }

  /** A setting whose name is its levels; for use after {@code over}. */
  default void setting(Closure<?> body) {
    setting(Map.of(), "", body);
  }

  /**
   * Factors and their levels: {@code over mtu: [1500.bytes, 9000.bytes], cpus: [none, 1]}. Each
   * setting after it is run with all combinations, here four.
   *
   * @param factors names of your choice, each with a list
   */
  void over(Map<String, ?> factors);

  /**
   * Done before each round, the warm-up round included, outside of what is measured. The block gets
   * the round's number, 0 for the warm-up.
   */
  void before(Closure<?> body);

  /** Done after each round, also after one that failed or was interrupted. */
  void after(Closure<?> body);
}
