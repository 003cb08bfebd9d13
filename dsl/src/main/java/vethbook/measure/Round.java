package vethbook.measure;

import java.util.List;

/**
 * One run of every setting, in random order.
 *
 * @param number from 1
 * @param samples in the order in which they were taken
 */
public record Round(int number, List<Sample> samples) {
  public Round {
    samples = List.copyOf(samples);
  }
}
