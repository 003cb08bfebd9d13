package vethbook.kernel.notebook;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.Progress;
import vethbook.kernel.language.CellError;
import vethbook.kernel.session.OutputSink;
import vethbook.kernel.session.ProgressBar;

/**
 * Puts cells' output into the notebook, and their progress into it and before whoever watches. The
 * notebook is saved when a round begins, so that whoever opens it sees how far it is; what progress
 * does not tell rounds of is saved each ten seconds.
 */
final class NotebookSink implements OutputSink {
  private static final long BETWEEN_SAVES_NANOS = Duration.ofSeconds(10).toNanos();
  private static final String ROUND = "round";

  private final CellOutputs outputs = new CellOutputs();
  private final RunProgress watcher;
  private final Runnable save;
  private @Nullable Object round;
  private long saved = System.nanoTime();

  /**
   * @param save saves the notebook; nothing is added to it meanwhile
   */
  NotebookSink(RunProgress watcher, Runnable save) {
    this.watcher = watcher;
    this.save = save;
  }

  void begin(Cell cell) {
    outputs.begin(cell);
    round = null;
  }

  void save() {
    outputs.whileStill(save);
    saved = System.nanoTime();
  }

  @Override
  public void stream(String name, String text) {
    outputs.stream(name, text);
  }

  @Override
  public void display(MimeBundle bundle, @Nullable String id) {
    outputs.display(bundle, id);
  }

  @Override
  public void update(MimeBundle bundle, String id) {
    outputs.update(bundle, id);
  }

  @Override
  public void result(int count, MimeBundle bundle) {
    outputs.result(bundle, count);
  }

  @Override
  public void error(CellError error) {
    outputs.error(error.name(), error.value(), error.traceback());
  }

  @Override
  public void clear(boolean wait) {
    outputs.clear(wait);
  }

  /** Comes between two runs of an experiment: what it takes is not measured. */
  @Override
  public void progress(Progress progress) {
    watcher.progress(progress);
    outputs.progress(ProgressBar.bundle(progress), progress.fraction() >= 1);
    Object now = progress.facts().get(ROUND);
    boolean isNewRound = now != null && !Objects.equals(now, round);
    if (isNewRound || System.nanoTime() - saved > BETWEEN_SAVES_NANOS) {
      round = now;
      save();
    }
  }
}
