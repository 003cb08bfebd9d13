package vethbook.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An axis of names, which stand at 0, 1, 2 … on a plain number axis, since places beside a name can
 * be said there.
 */
final class GroupAxis {
  private static final int LABEL = 12;

  private GroupAxis() {}

  /** Room for each of so many names along the bottom, in pixels. */
  static double step(int count) {
    int some = Math.max(1, count);
    return Math.max(Math.max(86, Math.min(126, 780.0 / some)), 460.0 / some);
  }

  /** A field of places along the bottom, with the names below it. */
  static Map<String, Object> horizontal(String field, List<String> names, double step) {
    Map<String, Object> channel = Chart.field(field);
    channel.put("scale", Json.object("domain", List.of(-0.5, names.size() - 0.5), "nice", false));
    Map<String, Object> axis = labels(names, step);
    axis.put("title", "");
    channel.put("axis", axis);
    return channel;
  }

  /** A field of places from the top down, with the names at the left. */
  static Map<String, Object> vertical(String field, List<String> names, double room) {
    Map<String, Object> channel = Chart.field(field);
    channel.put(
        "scale",
        Json.object("domain", List.of(names.size() - 0.5, -0.5), "nice", false, "zero", false));
    Map<String, Object> axis = labels(names, room);
    axis.put("title", "");
    axis.put("domain", false);
    axis.put("labelPadding", 10);
    channel.put("axis", axis);
    return channel;
  }

  /** What the axis looks like; each name in at most three lines. */
  static Map<String, Object> labels(List<String> names, double room) {
    List<Integer> places = new ArrayList<>();
    List<List<String>> labels = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      places.add(i);
      labels.add(TextWidth.wrap(names.get(i), LABEL, true, room - 8, 3));
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
        false);
  }

  private static String expression(List<List<String>> labels) {
    try {
      return new ObjectMapper().writeValueAsString(labels);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
