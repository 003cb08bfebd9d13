package vethbook.extension;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a session shows what it has to show: the output of the cell that is running. */
public interface Host {
  /**
   * Shows a bundle below the running cell, after what it has printed so far.
   *
   * @return a handle that can replace it, also after the cell has ended
   */
  DisplayHandle display(MimeBundle bundle);

  /** Tells how far the running cell is; a notebook shows it in place, a terminal as one line. */
  void progress(Progress progress);

  /** What people call this session: the notebook's name where it is known. */
  default String title() {
    return "notebook";
  }

  /**
   * The folder where a run that can be resumed keeps what must survive a crash; empty where there
   * is no such run, and the session has a place of its own for that.
   */
  default Optional<Path> journals() {
    return Optional.empty();
  }

  /** Whether this run goes on with what an earlier one has left in {@link #journals}. */
  default boolean resumes() {
    return false;
  }

  /**
   * The cells that have run well in this session, in their order, and last the running one: what
   * builds the same session in another process.
   */
  default List<ExecutedCell> cells() {
    return List.of();
  }

  /**
   * One execution of a cell.
   *
   * @param run tells it from others of the same cell
   */
  record ExecutedCell(long run, String source) {}

  /** What cells are written in that say nothing else: groovy or java. */
  default String language() {
    return "groovy";
  }

  /** A host for use without Jupyter: prints the text of what is shown, and no progress. */
  static Host printing(java.io.PrintStream out) {
    return new Host() {
      @Override
      public DisplayHandle display(MimeBundle bundle) {
        out.println(bundle.text());
        return replacement -> out.println(replacement.text());
      }

      @Override
      public void progress(Progress progress) {}
    };
  }
}
