package vethbook.view;

import java.util.List;
import java.util.Map;
import vethbook.view.ComparisonData.Row;

/** What stands around a comparison's plot: title, axis with the settings' names, footnote. */
final class ComparisonAxes {
  /** Room kept for readers without any of our fonts: theirs may be so much wider. */
  private static final double FALLBACK = 0.9;

  private final ComparisonFrame frame;
  private final ChartText words;

  ComparisonAxes(ComparisonFrame frame, ChartText words) {
    this.frame = frame;
    this.words = words;
  }

  Map<String, Object> title() {
    return Chart.title(words, frame.width());
  }

  Map<String, Object> xAxis() {
    Map<String, Object> axis =
        GroupAxis.labels(frame.rows().stream().map(Row::setting).toList(), frame.step());
    axis.putAll(
        Json.object(
            "title",
            footnote(),
            "titleAnchor",
            "start",
            "titleFontSize",
            11,
            "titleFontWeight",
            "normal",
            "titleColor",
            Theme.MUTED,
            "titleLineHeight",
            15,
            "titleLimit",
            0,
            "titlePadding",
            12));
    return axis;
  }

  static Map<String, Object> config() {
    return Json.object(
        "font", Theme.FONTS,
        "aria", false,
        "view", Json.object("stroke", "transparent"),
        "text", Json.object("font", Theme.FONTS),
        "axis",
            Json.object(
                "labelFontSize",
                11,
                "labelColor",
                Theme.MUTED,
                "titleColor",
                Theme.INK,
                "titleFontSize",
                12,
                "titleFontWeight",
                "normal",
                "titlePadding",
                10,
                "gridColor",
                Theme.GRID,
                "domainColor",
                Theme.AXIS,
                "ticks",
                false,
                "labelPadding",
                6));
  }

  private List<String> footnote() {
    return words.notes().stream()
        .flatMap(note -> TextWidth.wrap(note, 11, false, frame.width() * FALLBACK, 4).stream())
        .toList();
  }
}
