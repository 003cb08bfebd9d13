package vethbook.kernel.notebook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Progress;
import vethbook.kernel.language.CellError;

/** Hears how runs go, to tell a person or a program. Called from any thread, one at a time. */
public interface RunProgress {
  /**
   * A notebook begins.
   *
   * @param parameters those given, as people write them
   * @param cells how many it has, those that are skipped among them
   */
  void begins(Path notebook, Path output, Map<String, String> parameters, int cells);

  /** A cell begins; {@code place} counts from 1. */
  void cell(int place, String source);

  /** How far the running cell is. */
  void progress(Progress progress);

  /**
   * A cell has ended.
   *
   * @param place among the code cells, from 1
   * @param count of those run, which the cell shows; 0 when it was skipped
   * @param how ok, failed, timeout, interrupted or skipped
   * @param error null when it ended well
   */
  void cellEnded(int place, int count, String how, Duration took, @Nullable CellError error);

  /** Something that a person should know. */
  void note(String text);

  /** A notebook has ended. */
  void ends(int exit, Duration took, Path output);
}
