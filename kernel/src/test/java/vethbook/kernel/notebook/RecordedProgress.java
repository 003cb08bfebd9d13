package vethbook.kernel.notebook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Progress;
import vethbook.kernel.language.CellError;

/** Keeps what is told of a run. */
final class RecordedProgress implements RunProgress {
  private final List<String> events = new ArrayList<>();

  synchronized List<String> events() {
    return List.copyOf(events);
  }

  @Override
  public synchronized void begins(
      Path notebook, Path output, Map<String, String> parameters, int cells) {
    events.add("begin " + parameters + " " + cells);
  }

  @Override
  public synchronized void cell(int place, String source) {
    events.add("cell " + place);
  }

  @Override
  public synchronized void progress(Progress progress) {
    events.add("progress " + progress.text());
  }

  @Override
  public synchronized void cellEnded(
      int place, int count, String how, Duration took, @Nullable CellError error) {
    events.add(how + " " + place);
  }

  @Override
  public synchronized void note(String text) {
    events.add("note " + text);
  }

  @Override
  public synchronized void ends(int exit, Duration took, Path output) {
    events.add("end " + exit);
  }
}
