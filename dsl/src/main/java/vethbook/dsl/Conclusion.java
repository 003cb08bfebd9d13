package vethbook.dsl;

import java.util.List;
import java.util.Locale;
import vethbook.extension.MimeBundle;
import vethbook.measure.Change;
import vethbook.measure.Comparison;
import vethbook.measure.Results;
import vethbook.measure.Skipped;
import vethbook.measure.Warning;

/** What an experiment found, in sentences that are made from its numbers and never typed in. */
public final class Conclusion {
  private final Results results;
  private final Comparison comparison;

  Conclusion(Results results, Comparison comparison) {
    this.results = results;
    this.comparison = comparison;
  }

  /** The sentences, as Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    for (Change change : comparison.changes()) {
      text.append("- ").append(sentence(change)).append('\n');
    }
    for (Skipped skipped : comparison.skipped()) {
      text.append("- **%s** was not run: %s.%n".formatted(skipped.setting(), skipped.reason()));
    }
    for (String doubt : doubts()) {
      text.append("- ").append(doubt).append('\n');
    }
    return text.toString().stripTrailing();
  }

  private String sentence(Change change) {
    String name = "**" + change.setting() + "**";
    String against = " than **" + results.baseline() + "**";
    return switch (change.verdict()) {
      case DIFFERS ->
          "%s is %s%s (95 %% interval %s, p = %s after correction for %d comparisons)."
              .formatted(
                  name,
                  change.text(),
                  against,
                  interval(change),
                  p(change.adjustedP()),
                  comparison.changes().size());
      case EQUIVALENT ->
          "%s is as fast as **%s**: %s (95 %% interval %s)."
              .formatted(name, results.baseline(), change.text(), interval(change));
      case INCONCLUSIVE ->
          "%s: %s (95 %% interval %s).".formatted(name, change.text(), interval(change));
    };
  }

  private static String interval(Change change) {
    return change.interval().isKnown()
        ? percent(change.interval().low()) + " to " + percent(change.interval().high())
        : "unknown with so few rounds";
  }

  private static String percent(double relative) {
    return String.format(Locale.ROOT, "%+.1f %%", relative * 100).replace('-', '−');
  }

  private static String p(double value) {
    return String.format(Locale.ROOT, value < 0.001 ? "%.1e" : "%.3f", value);
  }

  private List<String> doubts() {
    return comparison.warnings().stream()
        .filter(warning -> warning.kind() != Warning.Kind.SKIPPED)
        .map(Warning::text)
        .toList();
  }

  MimeBundle bundle() {
    String markdown = markdown();
    return MimeBundle.plain(markdown.replace("**", "")).and(MimeBundle.MARKDOWN, markdown);
  }

  @Override
  public String toString() {
    return markdown().replace("**", "");
  }
}
