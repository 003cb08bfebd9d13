package vethbook.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import vethbook.view.ComparisonData.Change;
import vethbook.view.ComparisonData.Row;
import vethbook.view.ComparisonData.Verdict;

/** The sentences around a comparison: what was found, how it was measured, how to read it. */
final class ComparisonText {
  private static final int NAMED = 3;

  private final ComparisonData data;

  ComparisonText(ComparisonData data) {
    this.data = data;
  }

  /** What was found, in one line: {@code ipvlan keeps 97 % of the host's rate, veth 81 %}. */
  String finding() {
    List<Row> compared = data.rows().stream().filter(row -> row.change() != null).toList();
    List<Row> differing =
        compared.stream()
            .filter(row -> verdict(row).differs())
            .sorted(Comparator.comparing(ComparisonText::relative, order()))
            .toList();
    List<Row> others = compared.stream().filter(row -> !verdict(row).differs()).toList();
    if (compared.isEmpty()) {
      return data.question().isEmpty() ? data.test() : data.question();
    }
    if (compared.stream().allMatch(row -> Double.isNaN(row.change().low()))) {
      return data.question() + " Too few rounds to tell";
    }
    List<Row> same = others.stream().filter(row -> verdict(row) == Verdict.SAME).toList();
    List<Row> unclear = others.stream().filter(row -> verdict(row) == Verdict.UNCLEAR).toList();
    List<String> parts = new ArrayList<>();
    if (!differing.isEmpty()) {
      parts.add(differing.size() <= NAMED ? named(differing) : range(differing));
    }
    if (!same.isEmpty()) {
      parts.add(
          names(same)
              + " the same"
              + (differing.isEmpty() ? " as " + data.baseline() : "")
              + within());
    }
    if (!unclear.isEmpty()) {
      parts.add("no difference found for " + names(unclear));
    }
    String text = String.join("; ", parts);
    return text.startsWith("no ") ? "N" + text.substring(1) : text;
  }

  /** How it was measured. */
  String method() {
    List<String> parts = new ArrayList<>();
    parts.add(data.test());
    parts.add(data.rounds() + (data.rounds() == 1 ? " round" : " interleaved rounds") + time());
    if (!data.engine().isEmpty()) {
      parts.add(data.engine());
    }
    parts.add(data.higherIsBetter() ? "higher is better" : "lower is better");
    return String.join(", ", parts);
  }

  /** What stands around a plot of these figures. */
  ChartText around(String key) {
    List<String> notes = new ArrayList<>();
    notes.add(key);
    notes.addAll(data.notes());
    return new ChartText(finding(), method(), notes);
  }

  /**
   * How to read the plot.
   *
   * @param centreMark what shows the centre: {@code bar} or {@code line}
   */
  String key(String centreMark) {
    StringBuilder key = new StringBuilder();
    key.append(centreMark).append(" = median");
    if (data.rows().stream().anyMatch(Row::hasInterval)) {
      key.append(", whisker = 95 % interval");
    }
    key.append(", dot = ").append(DrawnRounds.of(data.rows()).words());
    if (data.rows().stream()
        .flatMap(row -> row.rounds().stream())
        .anyMatch(r -> r.contaminated())) {
      key.append(", diamond = round disturbed by other load");
    }
    if (data.rows().stream().anyMatch(row -> row.change() != null)) {
      key.append("; change = paired ratio to ")
          .append(data.baseline())
          .append(
              " (Hodges–Lehmann) [95\u00a0%\u00a0interval], in colour where shown (Wilcoxon, Holm,")
          .append(" α\u00a0=\u00a00.05)");
    }
    return key.toString();
  }

  /** The change of a row as it stands above its bar: {@code −20.0 %}. */
  static String change(Change change) {
    if (Double.isNaN(change.relative())) {
      return change.verdict().sign();
    }
    String text = Numbers.change(change.relative());
    return change.verdict().differs() ? text : change.verdict().sign() + " " + text;
  }

  /** The interval of a change; empty when there is none. */
  static String interval(Change change, boolean withUnit) {
    if (Double.isNaN(change.low()) || Double.isNaN(change.high())) {
      return "";
    }
    String unit = withUnit ? "\u00a0%" : "";
    return "[%s%s, %s%s]"
        .formatted(Numbers.signed(change.low()), unit, Numbers.signed(change.high()), unit);
  }

  /** Whether a change is for the better; false when none is shown. */
  boolean isBetter(Change change) {
    return change.verdict() == (data.higherIsBetter() ? Verdict.HIGHER : Verdict.LOWER);
  }

  private String named(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      text.append(text.isEmpty() ? "" : ", ").append(row.setting()).append(' ');
      text.append(text.indexOf("%") < 0 ? verb(rows) + " " : "").append(percent(row));
      text.append(row.equals(rows.get(0)) ? ofTheBaseline() : "");
    }
    return text.toString();
  }

  private String range(List<Row> rows) {
    Row best = rows.get(0);
    Row worst = rows.get(rows.size() - 1);
    return "%d settings %s %s (%s) to %s (%s)%s"
        .formatted(
            rows.size(),
            verbs(rows),
            percent(worst),
            worst.setting(),
            percent(best),
            best.setting(),
            ofTheBaseline());
  }

  private String verb(List<Row> rows) {
    if (!data.higherIsBetter()) {
      return "has";
    }
    return rows.stream().anyMatch(row -> relative(row) > 0) ? "reaches" : "keeps";
  }

  private String verbs(List<Row> rows) {
    return switch (verb(rows)) {
      case "keeps" -> "keep";
      case "reaches" -> "reach";
      default -> "have";
    };
  }

  private String ofTheBaseline() {
    return data.baseline().matches("[\\p{L}\\p{N}_-]+")
        ? " of the " + data.baseline() + "’s " + data.quantity()
        : " of the " + data.quantity() + " with “" + data.baseline() + "”";
  }

  private String percent(Row row) {
    double percent = 100 * (1 + relative(row));
    boolean nearlySame = Math.abs(percent - 100) < 0.95;
    return Numbers.fixed(percent, nearlySame ? 1 : 0) + "\u00a0%";
  }

  private Comparator<Double> order() {
    return data.higherIsBetter() ? Comparator.reverseOrder() : Comparator.naturalOrder();
  }

  private static double relative(Row row) {
    Change change = row.change();
    return change == null ? 0 : change.relative();
  }

  private static Verdict verdict(Row row) {
    Change change = row.change();
    return change == null ? Verdict.UNCLEAR : change.verdict();
  }

  private static String names(List<Row> rows) {
    return rows.stream().map(Row::setting).collect(Collectors.joining(", "));
  }

  private String within() {
    return " within " + Numbers.plain(data.margin() * 100) + "\u00a0%";
  }

  private String time() {
    double seconds = data.time().toMillis() / 1000.0;
    if (seconds == 0) {
      return "";
    }
    // a run takes a little longer than it measures: its tools start and end
    double whole = Math.rint(seconds);
    boolean isWhole = whole >= 1 && seconds >= whole && seconds - whole < 0.3;
    return " × " + Numbers.plain(isWhole ? whole : Math.round(seconds * 10) / 10.0) + "\u00a0s";
  }
}
