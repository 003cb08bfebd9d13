package vethbook.diagnose;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why something was lost.
 *
 * @param next the word that would mend it; null when not known
 */
record Cause(String finding, List<String> evidence, @Nullable String next) {
  static Cause of(String finding, @Nullable String next, String... evidence) {
    return new Cause(finding, List.of(evidence), next);
  }

  Cause and(List<String> more) {
    List<String> all = new ArrayList<>(evidence);
    all.addAll(more);
    return new Cause(finding, List.copyOf(all), next);
  }
}
