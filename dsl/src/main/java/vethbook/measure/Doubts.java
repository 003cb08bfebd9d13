package vethbook.measure;

import java.util.List;

/** Looks at an experiment before it measures, and says why its answer may not be worth much. */
public interface Doubts {
  /** Has none. */
  Doubts NONE = new Doubts() {};

  /** What can be seen before anything runs, such as other work on the machine. */
  default List<Warning> beforeTheFirstRun() {
    return List.of();
  }

  /** What can be seen once every setting has run, such as a run without a fixed CPU. */
  default List<Warning> afterTheFirstRound() {
    return List.of();
  }
}
