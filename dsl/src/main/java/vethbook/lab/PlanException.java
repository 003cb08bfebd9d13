package vethbook.lab;

import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;

/** What a cell asks for cannot be, before Linux was asked to do it. */
public final class PlanException extends ExperimentException {
  /**
   * @param problem one sentence without a full stop, with the value at fault
   * @param next what to write instead; null when not known
   */
  public PlanException(String problem, @Nullable String next) {
    super(problem, null, null, next, null);
  }
}
