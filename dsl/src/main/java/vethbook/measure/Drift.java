package vethbook.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks for settings whose values grow or fall from round to round. */
final class Drift {
  /** Stricter than for findings: it is looked for in every experiment. */
  private static final double ALPHA = 0.01;

  private Drift() {}

  static Optional<Warning> warning(Results results) {
    List<String> found = new ArrayList<>();
    List<String> settings =
        results.settings().stream().filter(setting -> !results.samples(setting).isEmpty()).toList();
    Metric metric = results.metric();
    List<Trend> trends =
        settings.stream().map(setting -> Trend.of(results.values(setting, metric))).toList();
    double[] adjusted = Holm.adjust(trends.stream().mapToDouble(Trend::p).toArray());
    for (int i = 0; i < adjusted.length; i++) {
      if (adjusted[i] < ALPHA) {
        double[] values = results.values(settings.get(i), metric);
        found.add(words(settings.get(i), metric.direction(trends.get(i).tau()), values));
      }
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Warning(
                Warning.Kind.DRIFT,
                "From round to round %s (Kendall's trend test). Changes against the baseline are taken within rounds and stand; medians and their intervals do not mean much."
                    .formatted(String.join(", ", found))));
  }

  private static String words(String setting, String direction, double[] values) {
    int cut = WarmUpCut.ofRounds(Arrays.stream(values).map(Math::log).toArray());
    return "'%s' became %s%s"
        .formatted(setting, direction, cut > 0 ? ", mostly in the first " + Judge.rounds(cut) : "");
  }
}
