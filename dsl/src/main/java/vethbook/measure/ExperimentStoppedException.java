package vethbook.measure;

import vethbook.extension.UserException;
import vethbook.linux.ExperimentException;

/** A run failed, which ended its experiment; the runs before it are kept. */
public class ExperimentStoppedException extends ExperimentException {
  private static final long serialVersionUID = 1;

  private final transient Results results;

  ExperimentStoppedException(String what, String round, Results results, Throwable cause) {
    super(
        "Stopped experiment '%s': %s failed in %s, after %d finished runs"
            .formatted(results.title(), what, round, results.samples().size()),
        "error",
        text(cause),
        null,
        cause);
    this.results = results;
  }

  /** One that was stopped in another process, which said why. */
  public ExperimentStoppedException(String operation, String said, String next, Results results) {
    super(operation, "guest", said, next, null);
    this.results = results;
  }

  private static String text(Throwable cause) {
    String text = cause instanceof UserException user ? user.describe("") : cause.toString();
    return text.replace("\n", "\n  ");
  }

  /** The runs that ended before, with a warning that says why there are no more. */
  public Results results() {
    return results;
  }
}
