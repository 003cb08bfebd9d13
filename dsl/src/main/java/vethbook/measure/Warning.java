package vethbook.measure;

/**
 * A doubt about a result, which travels with it.
 *
 * @param text one or more sentences for the reader
 */
public record Warning(Kind kind, String text) {
  /** What gives rise to doubt. */
  public enum Kind {
    /** The rounds cannot show a difference, or no interval, however large the effect. */
    TOO_FEW_ROUNDS,
    /** Something else kept the machine busy during some runs. */
    CONTAMINATED,
    /** The experiment was interrupted. */
    INTERRUPTED,
    /** A run failed and ended the experiment. */
    FAILED,
    /** A setting did not run. */
    SKIPPED,
    /** Runs of an earlier, stopped experiment are among these. */
    RESUMED,
    /** The way in which it was measured makes the numbers hard to trust or to repeat. */
    DESIGN,
    /** The machine was not as quiet or as steady as it should be. */
    MACHINE,
    /** Values changed in the course of the experiment. */
    DRIFT,
    /** A later run of the same experiment was stopped. */
    OUTDATED,
    /** Times are of a clock that counts instructions. */
    COUNTED
  }

  @Override
  public String toString() {
    return text;
  }
}
