package vethbook.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Places dots of nearly the same height beside each other, so that each can be seen. The same
 * heights always give the same places.
 */
final class Swarm {
  private Swarm() {}

  /**
   * Finds a place beside each other for all dots.
   *
   * @param heights of the dots, in pixels
   * @param size of a dot, in pixels
   * @param room how far a dot may go to either side, in pixels; where it is used up dots overlap
   * @return how far each dot goes to the side, in pixels, negative to the left
   */
  static double[] offsets(double[] heights, double size, double room) {
    double[] offsets = new double[heights.length];
    List<double[]> placed = new ArrayList<>();
    for (int i = 0; i < heights.length; i++) {
      offsets[i] = free(heights[i], placed, size, room);
      placed.add(new double[] {offsets[i], heights[i]});
    }
    return offsets;
  }

  private static double free(double height, List<double[]> placed, double size, double room) {
    double best = 0;
    double widest = -1;
    for (double distance = 0; distance <= room; distance += size / 2) {
      for (double offset : new double[] {-distance, distance}) {
        double gap = gap(offset, height, placed);
        if (gap >= size) {
          return offset;
        }
        if (gap > widest) {
          widest = gap;
          best = offset;
        }
      }
    }
    return best;
  }

  private static double gap(double offset, double height, List<double[]> placed) {
    return placed.stream()
        .mapToDouble(dot -> Math.hypot(dot[0] - offset, dot[1] - height))
        .min()
        .orElse(Double.MAX_VALUE);
  }
}
