package vethbook.view;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture in its 96 most used colours, the others replaced by the nearest of these. A chart has
 * few colours and the steps between them, so that nobody sees the difference.
 */
final class IndexedColours {
  private static final int COLOURS = 96;
  private static final int WITHOUT_ALPHA = 0xffffff;

  private IndexedColours() {}

  /**
   * The same picture with a palette.
   *
   * @param image of the type {@code TYPE_INT_RGB}
   */
  static BufferedImage of(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = (int[]) image.getRaster().getDataElements(0, 0, width, height, null);
    int[] palette = mostUsed(pixels);
    Map<Integer, Integer> index = new HashMap<>();
    BufferedImage indexed =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model(palette));
    byte[] places = new byte[pixels.length];
    int last = -1;
    for (int i = 0; i < pixels.length; i++) {
      int colour = pixels[i] & WITHOUT_ALPHA;
      places[i] =
          colour == last
              ? places[i - 1]
              : (byte) index.computeIfAbsent(colour, any -> nearest(palette, any)).intValue();
      last = colour;
    }
    indexed.getRaster().setDataElements(0, 0, width, height, places);
    return indexed;
  }

  private static int[] mostUsed(int[] pixels) {
    Map<Integer, Integer> count = new HashMap<>();
    int start = 0;
    for (int i = 1; i <= pixels.length; i++) { // most pixels look as the one before
      if (i == pixels.length || pixels[i] != pixels[start]) {
        count.merge(pixels[start] & WITHOUT_ALPHA, i - start, Integer::sum);
        start = i;
      }
    }
    List<Integer> colours =
        count.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(COLOURS)
            .map(Map.Entry::getKey)
            .toList();
    return colours.stream().mapToInt(Integer::intValue).toArray();
  }

  private static IndexColorModel model(int[] palette) {
    return new IndexColorModel(
        8, palette.length, palette, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
  }

  private static int nearest(int[] palette, int colour) {
    int best = 0;
    int distance = Integer.MAX_VALUE;
    for (int i = 0; i < palette.length; i++) {
      int red = (palette[i] >> 16) - (colour >> 16);
      int green = (palette[i] >> 8 & 255) - (colour >> 8 & 255);
      int blue = (palette[i] & 255) - (colour & 255);
      int here = red * red + green * green + blue * blue;
      if (here < distance) {
        distance = here;
        best = i;
      }
    }
    return best;
  }
}
