package vethbook.kernel.notebook;

import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.Progress;
import vethbook.kernel.language.CellError;
import vethbook.kernel.session.OutputSink;

/** Puts cells' output into the notebook, and their progress onto the terminal. */
final class NotebookSink implements OutputSink {
  private final CellOutputs outputs = new CellOutputs();
  private final ProgressLine line;

  NotebookSink(ProgressLine line) {
    this.line = line;
  }

  void begin(Cell cell) {
    outputs.begin(cell);
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

  @Override
  public void progress(Progress progress) {
    line.progress(progress);
  }
}
