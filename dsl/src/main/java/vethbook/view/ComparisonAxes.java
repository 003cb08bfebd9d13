package vethbook.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What stands around a comparison's plot: title, axis with the settings' names, footnote. */
final class ComparisonAxes {
  private static final int LABEL = 12;

  /** Room kept for readers without any of our fonts: theirs may be so much wider. */
  private static final double FALLBACK = 0.9;

  private final ComparisonFrame frame;
  private final ComparisonText text;

  ComparisonAxes(ComparisonFrame frame) {
    this.frame = frame;
    this.text = new ComparisonText(frame.data());
  }

  Map<String, Object> title() {
    String start = frame.bars() ? "" : "; the axis does not start at zero";
    return Json.object(
        "text",
        TextWidth.wrap(text.finding(), 16, true, (frame.width() + 50) * FALLBACK, 3),
        "subtitle",
        TextWidth.wrap(text.method() + start, 12, false, (frame.width() + 50) * FALLBACK, 3),
        "anchor",
        "start",
        "frame",
        "bounds",
        "fontSize",
        16,
        "fontWeight",
        "bold",
        "color",
        Theme.INK,
        "lineHeight",
        21,
        "subtitleFontSize",
        12,
        "subtitleColor",
        Theme.MUTED,
        "subtitleLineHeight",
        16,
        "subtitlePadding",
        6,
        "limit",
        0,
        "offset",
        18);
  }

  Map<String, Object> xAxis() {
    List<Integer> places = new ArrayList<>();
    List<List<String>> labels = new ArrayList<>();
    for (int i = 0; i < frame.rows().size(); i++) {
      places.add(i);
      labels.add(TextWidth.wrap(frame.rows().get(i).setting(), LABEL, true, frame.step() - 8, 3));
    }
    return Json.object(
        "values",
        places,
        "labelExpr",
        expression(labels) + "[datum.value]",
        "labelFontSize",
        LABEL,
        "labelFontWeight",
        "bold",
        "labelColor",
        Theme.INK,
        "labelPadding",
        8,
        "labelLineHeight",
        15,
        "labelLimit",
        0,
        "labelOverlap",
        false,
        "labelFlush",
        false,
        "grid",
        false,
        "ticks",
        false,
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
        12);
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
    String mark = frame.bars() ? "bar" : "line";
    return Stream.concat(Stream.of(text.key(mark)), frame.data().notes().stream())
        .flatMap(note -> TextWidth.wrap(note, 11, false, frame.width() * FALLBACK, 4).stream())
        .toList();
  }

  private static String expression(List<List<String>> labels) {
    try {
      return new ObjectMapper().writeValueAsString(labels);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
