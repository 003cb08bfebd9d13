package vethbook.kernel.notebook;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.language.CellError;

/** Runs the cells of one notebook, in their order. */
interface CellRunner extends AutoCloseable {
  /**
   * Runs a cell and waits for its end.
   *
   * @param count of the cells run, from 1
   * @return its error; null when it ended well
   */
  @Nullable CellError execute(String code, int count);

  /** Stops the running cell; said again, goes on without it. Any thread may. */
  void interrupt();

  @Override
  void close() throws IOException;
}
