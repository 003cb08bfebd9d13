package vethbook.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finds places for the labels at the ends of lines, none on another. */
final class EndLabels {
  private EndLabels() {}

  /**
   * Moves labels apart, each as little as it takes.
   *
   * @param wanted where each would stand, in pixels from the top
   * @param gap least distance between two, in pixels
   * @param height of the plot, which labels stay inside while there is room
   */
  static double[] places(double[] wanted, double gap, double height) {
    List<Integer> order =
        IntStream.range(0, wanted.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> wanted[i]))
            .toList();
    List<Cluster> clusters = new ArrayList<>();
    for (int at : order) {
      clusters.add(Cluster.of(wanted[at], 1, gap, height));
      while (clusters.size() > 1 && overlap(clusters, gap)) {
        Cluster last = clusters.remove(clusters.size() - 1);
        Cluster before = clusters.remove(clusters.size() - 1);
        double sum = before.centre() * before.count() + last.centre() * last.count();
        int count = before.count() + last.count();
        clusters.add(Cluster.of(sum / count, count, gap, height));
      }
    }
    double[] places = new double[wanted.length];
    int next = 0;
    for (Cluster cluster : clusters) {
      double first = cluster.centre() - (cluster.count() - 1) * gap / 2;
      for (int i = 0; i < cluster.count(); i++) {
        places[order.get(next++)] = first + i * gap;
      }
    }
    return places;
  }

  private static boolean overlap(List<Cluster> clusters, double gap) {
    Cluster last = clusters.get(clusters.size() - 1);
    Cluster before = clusters.get(clusters.size() - 2);
    return last.centre() - before.centre() < (last.count() + before.count()) * gap / 2;
  }

  /** Labels that stand side by side, around the mean of their wishes. */
  private record Cluster(double centre, int count) {
    static Cluster of(double centre, int count, double gap, double height) {
      double half = (count - 1) * gap / 2;
      return new Cluster(Math.max(half, Math.min(Math.max(half, height - half), centre)), count);
    }
  }
}
