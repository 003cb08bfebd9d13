package vethbook.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The colours and fonts of every picture, each colour with its dark counterpart. */
final class Theme {
  static final String CARD = "#fdfdfd";
  static final String INK = "#1b1f24";
  static final String MUTED = "#57606a";
  static final String GRID = "#e4e7eb";
  static final String AXIS = "#9aa2ab";
  static final String GOOD = "#1a7f37";
  static final String BAD = "#b3261e";
  static final String BASELINE = "#6b7280";
  static final String PANEL = "#f3f5f7";
  static final String ON_DARK_BAR = "#fffffe";
  static final String ON_LIGHT_BAR = "#14181d";

  /** Okabe and Ito's colours, their yellow darkened to be seen on white, and two more. */
  static final List<String> SERIES =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a7a00", "#5b4b8a",
          "#8b5a2b");

  /** From little to much, for the cells of a grid; in the dark from dark to bright. */
  static final List<String> SHADES =
      List.of("#e6eff7", "#c9ddef", "#a3c6e3", "#73a7d1", "#3a7ab0", "#22659f", "#0a4680");

  static final String ON_LIGHT_SHADE = "#14181e";
  static final String ON_DARK_SHADE = "#fffffd";

  /** Those with Chinese come last: a text takes its Latin letters from the first that is there. */
  static final String FONTS =
      "Inter, Noto Sans, Helvetica Neue, Arial, Liberation Sans, DejaVu Sans, Noto Sans CJK SC,"
          + " PingFang SC, Microsoft YaHei, sans-serif";

  private static final Map<String, String> DARK = dark();

  private Theme() {}

  /**
   * A style element that gives every colour its dark counterpart when the reader's system is dark.
   *
   * @param id the picture it is for; other pictures on the same page keep their own
   * @param markup where the colours are used; those that are not need no rule
   */
  static String darkStyle(String id, String markup) {
    return DARK.entrySet().stream()
        .flatMap(
            colour ->
                List.of("fill", "stroke").stream()
                    .filter(use -> markup.contains(use + "=\"" + colour.getKey() + "\""))
                    .map(
                        use ->
                            "#%s [%s=\"%s\"]{%2$s:%s}"
                                .formatted(id, use, colour.getKey(), colour.getValue())))
        .collect(
            Collectors.joining(
                "", "<style>@media screen and (prefers-color-scheme:dark){", "}</style>"));
  }

  /** The markup as it looks in the dark. */
  static String darkened(String markup) {
    String dark = markup;
    for (Map.Entry<String, String> colour : DARK.entrySet()) {
      dark = dark.replace("=\"" + colour.getKey() + "\"", "=\"" + colour.getValue() + "\"");
    }
    return dark;
  }

  private static Map<String, String> dark() {
    Map<String, String> dark = new LinkedHashMap<>();
    dark.put(CARD, "#161b22");
    dark.put(INK, "#e8eaed");
    dark.put(MUTED, "#9da7b3");
    dark.put(GRID, "#2b323b");
    dark.put(AXIS, "#6e7681");
    dark.put(GOOD, "#5fd38d");
    dark.put(BAD, "#ff8a80");
    dark.put(BASELINE, "#98a1ad");
    dark.put(PANEL, "#1f262e");
    dark.put(ON_DARK_BAR, "#0d1117");
    dark.put(ON_LIGHT_BAR, "#0d1117");
    dark.put(ON_LIGHT_SHADE, "#dfe7ef");
    dark.put(ON_DARK_SHADE, "#0d1116");
    List<String> shades =
        List.of("#16283a", "#1b3a57", "#225076", "#2d6a9b", "#4a8cc2", "#77aede", "#a8cff2");
    for (int i = 0; i < shades.size(); i++) {
      dark.put(SHADES.get(i), shades.get(i));
    }
    List<String> series =
        List.of(
            "#56a8f0", "#ff9044", "#2fc296", "#e39cc4", "#f3b83f", "#8acdf5", "#cdbb3a", "#a596dc",
            "#c99663");
    for (int i = 0; i < series.size(); i++) {
      dark.put(SERIES.get(i), series.get(i));
    }
    return dark;
  }
}
