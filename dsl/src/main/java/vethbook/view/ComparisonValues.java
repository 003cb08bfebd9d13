package vethbook.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import vethbook.view.ComparisonData.Change;
import vethbook.view.ComparisonData.Round;
import vethbook.view.ComparisonData.Row;

/** The data that a comparison's plot draws: a value for each setting, and one for each round. */
final class ComparisonValues {
  private final ComparisonFrame frame;
  private final ComparisonText text;
  private final Palette palette;
  private final DrawnRounds drawn;

  ComparisonValues(ComparisonFrame frame, Palette palette) {
    this.frame = frame;
    this.text = new ComparisonText(frame.data());
    this.palette = palette;
    this.drawn = DrawnRounds.of(frame.rows());
  }

  List<Map<String, Object>> settings() {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < frame.rows().size(); i++) {
      values.add(setting(i, frame.rows().get(i)));
    }
    return values;
  }

  private Map<String, Object> setting(int at, Row row) {
    double half = frame.half();
    Map<String, Object> value = Json.object("setting", row.setting(), "at", at);
    value.put("quiet", Theme.MUTED);
    for (String text : List.of("change", "interval", "brief", "skipped")) {
      value.put(text, "");
    }
    value.put("inkOnBar", "transparent");
    if (row.skipped() != null) {
      List<String> reason = TextWidth.wrap(row.skipped(), 11, false, frame.step() - 12, 8);
      value.put("change", "skipped");
      value.put("tone", Theme.MUTED);
      value.put("skipped", reason);
      value.put("skippedAt", frame.value(14 * reason.size() + 8));
      return value;
    }
    boolean roomy = frame.height(row.centre()) > 26;
    value.put("left", at - half);
    value.put("right", at + half);
    value.put("centre", row.centre());
    value.put("whisker", at + half * 0.66);
    if (row.hasInterval()) {
      value.put("low", row.low());
      value.put("high", row.high());
    }
    value.put("colour", colour(row));
    value.put("brief", Numbers.brief(row.centre()));
    value.put("valueAt", frame.value(8));
    value.put("inkOnBar", roomy ? Palette.inkOn(colour(row)) : "transparent");
    addChange(value, row);
    return value;
  }

  private void addChange(Map<String, Object> value, Row row) {
    Change change = row.change();
    if (change == null) {
      boolean isBaseline = row.setting().equals(frame.data().baseline());
      value.put("change", isBaseline ? "baseline" : "");
      value.put("tone", Theme.MUTED);
      return;
    }
    value.put("change", ComparisonText.change(change));
    value.put("interval", ComparisonText.interval(change, frame.step() > 110));
    String tone = text.isBetter(change) ? Theme.GOOD : Theme.BAD;
    value.put("tone", change.verdict().differs() ? tone : Theme.MUTED);
  }

  List<Map<String, Object>> rounds() {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < frame.rows().size(); i++) {
      values.addAll(rounds(i, frame.rows().get(i)));
    }
    values.sort(Comparator.comparing(value -> value.get("shape").equals("diamond")));
    return values;
  }

  private List<Map<String, Object>> rounds(int at, Row row) {
    double half = frame.half();
    List<Round> rounds = drawn.of(row);
    double[] heights = rounds.stream().mapToDouble(round -> frame.height(round.value())).toArray();
    double[] offsets = Swarm.offsets(heights, drawn.dot(), half * frame.step() * 0.56);
    Outliers outliers = Outliers.of(row.rounds());
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < offsets.length; i++) {
      Round round = rounds.get(i);
      Map<String, Object> value = round(row, round);
      value.put("at", at - half * 0.3 + offsets[i] / frame.step());
      boolean onBar = frame.bars() && round.value() < row.centre();
      value.put("label", outliers.contain(round) ? "round " + round.number() : "");
      value.put("ink", onBar ? Palette.inkOn(colour(row)) : Theme.MUTED);
      values.add(value);
    }
    return values;
  }

  private Map<String, Object> round(Row row, Round round) {
    return Json.object(
        "setting",
        row.setting(),
        "round",
        round.number(),
        "value",
        round.value(),
        "colour",
        round.contaminated() ? Theme.INK : colour(row),
        "shape",
        round.contaminated() ? "diamond" : "circle",
        "size",
        drawn.area(round));
  }

  private String colour(Row row) {
    return row.setting().equals(frame.data().baseline())
        ? Theme.BASELINE
        : palette.colour(row.setting());
  }
}
