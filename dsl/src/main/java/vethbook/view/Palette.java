package vethbook.view;

import java.util.HashMap;
import java.util.Map;

/**
 * Gives each setting its colour, the same in every plot of a session, in the order in which the
 * settings first appear.
 */
public final class Palette {
  private final Map<String, String> colours = new HashMap<>();

  /** The colour of a setting as {@code #rrggbb}; after nine settings colours come again. */
  public synchronized String colour(String setting) {
    return colours.computeIfAbsent(
        setting, any -> Theme.SERIES.get(colours.size() % Theme.SERIES.size()));
  }

  /** The colour for writing on a bar of the given colour. */
  static String inkOn(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    double luminance =
        0.2126 * linear(rgb >> 16 & 255)
            + 0.7152 * linear(rgb >> 8 & 255)
            + 0.0722 * linear(rgb & 255);
    return luminance > 0.26 ? Theme.ON_LIGHT_BAR : Theme.ON_DARK_BAR;
  }

  private static double linear(int channel) {
    return Math.pow(channel / 255.0, 2.2);
  }
}
