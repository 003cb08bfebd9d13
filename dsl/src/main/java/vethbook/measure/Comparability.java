package vethbook.measure;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Nearest;
import vethbook.linux.ExperimentException;

/** Refuses to put values side by side that do not mean the same. */
final class Comparability {
  private Comparability() {}

  static Metric metric(Results results) {
    return same(results.samples(), sample -> sample.measurement().metric(), "metric");
  }

  static String engine(Results results) {
    return same(results.samples(), sample -> sample.measurement().engine(), "engine");
  }

  /** Throws when a new sample cannot be compared with those there. */
  static void check(List<Sample> samples) {
    same(samples, sample -> sample.measurement().engine(), "engine");
    same(samples, sample -> sample.measurement().metric(), "metric");
  }

  static Metric metric(Results results, String name) {
    for (Metric metric : results.metrics()) {
      if (metric.name().equals(name) || metric.toString().equals(name)) {
        return metric;
      }
    }
    List<String> names = results.metrics().stream().map(Metric::name).toList();
    throw new ExperimentException(
        "Cannot compare by " + name,
        "vethbook",
        "no run showed it; the runs showed " + String.join(", ", names),
        didYouMean(name, names),
        null);
  }

  private static @Nullable String didYouMean(String name, List<String> names) {
    List<String> near = Nearest.of(name, names);
    return near.isEmpty() ? null : "did you mean " + String.join(" or ", near) + "?";
  }

  private static <T> T same(List<Sample> samples, Function<Sample, T> property, String word) {
    if (samples.isEmpty()) {
      throw new ExperimentException("Cannot compare: no run was finished");
    }
    Sample first = samples.get(0);
    T expected = property.apply(first);
    for (Sample sample : samples) {
      T found = property.apply(sample);
      if (!found.equals(expected)) {
        throw new ExperimentException(
            "Cannot compare setting '" + sample.setting() + "' with '" + first.setting() + "'",
            "vethbook",
            "the " + word + " of one is " + found + ", of the other " + expected,
            "let all settings of an experiment use the same " + word,
            null);
      }
    }
    return expected;
  }
}
