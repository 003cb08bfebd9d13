package vethbook.view;

import java.util.Arrays;

/** Small drawings of block characters, for places that show text only. */
final class Blocks {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
  private static final String HEIGHTS = "▁▂▃▄▅▆▇█";

  private Blocks() {}

  /** A bar of at most {@code width} characters for a share of 0 to 1. */
  static String bar(double share, int width) {
    int eighths = (int) Math.round(Math.max(0, Math.min(1, share)) * width * 8);
    String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
    return "█".repeat(eighths / 8) + rest;
  }

  /** How values go up and down between their lowest and highest, in at most {@code width} marks. */
  static String sparkline(double[] values, int width) {
    double[] known = Arrays.stream(values).filter(Double::isFinite).toArray();
    double low = Arrays.stream(known).min().orElse(0);
    double high = Arrays.stream(known).max().orElse(0);
    int marks = Math.min(width, values.length);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < marks; i++) {
      double mean =
          Arrays.stream(values, values.length * i / marks, values.length * (i + 1) / marks)
              .filter(Double::isFinite)
              .average()
              .orElse(Double.NaN);
      double share = high > low ? (mean - low) / (high - low) : 0.5;
      line.append(Double.isNaN(mean) ? ' ' : HEIGHTS.charAt((int) Math.min(7, share * 8)));
    }
    return line.toString();
  }
}
