package vethbook.measure;

/** What is done before or after each round, outside of all measurements. */
@FunctionalInterface
public interface RoundStep {
  /** Does nothing. */
  RoundStep NONE = round -> {};

  /**
   * Does it.
   *
   * @param round from 1; 0 for the warm-up round
   */
  void run(int round) throws Exception;
}
