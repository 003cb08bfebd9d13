package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be said inside {@code verdict { }}.
 *
 * <ul>
 *   <li>{@code metric}: which metric of the runs the claim is about, such as 'p50 latency'; default
 *       what was measured first of all
 *   <li>{@code against}: another setting of the experiment that the claim compares with, instead of
 *       the baseline
 *   <li>{@code why}: a counter that explains the difference, such as 'softnet.processed'; its
 *       growth per transaction is shown for the baseline and the setting
 * </ul>
 */
public interface VerdictSpec {
  /**
   * A claim about how much a setting differs from the baseline of its experiment.
   *
   * @param options {@code metric}, {@code against}, {@code why}
   * @param said the claim in words
   * @param setting the setting that it is about
   * @param expected the claim's number: {@code -12.5.percent}, a range {@code [56.percent,
   *     64.percent]}, or around zero {@code [-5.percent, 5.percent]} for "close to"
   */
  void claim(
      @NamedParams({@NamedParam("metric"), @NamedParam("against"), @NamedParam("why")})
          Map<String, ?> options,
      String said,
      ExperimentResult result,
      String setting,
      Object expected);

  /** The same without options. */
  default void claim(String said, ExperimentResult result, String setting, Object expected) {
    claim(Map.of(), said, result, setting, expected);
  }

  /**
   * A claim that something else has decided, such as a counter or a sysctl.
   *
   * @param said the claim in words
   * @param holds whether it does here; null when this Linux could not tell
   * @param because what was seen
   */
  void claim(String said, @Nullable Boolean holds, String because);
}
