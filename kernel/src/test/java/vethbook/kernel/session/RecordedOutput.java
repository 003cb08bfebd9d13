package vethbook.kernel.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.Progress;
import vethbook.kernel.language.CellError;

/** Keeps what cells show, for tests without a protocol. */
final class RecordedOutput implements OutputSink {
  private final StringBuilder printed = new StringBuilder();
  private final List<MimeBundle> displays = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<MimeBundle> updates = new ArrayList<>();
  private final List<Progress> progress = new ArrayList<>();
  private @Nullable MimeBundle result;

  synchronized String printed() {
    return printed.toString();
  }

  synchronized List<MimeBundle> displays() {
    return List.copyOf(displays);
  }

  synchronized List<MimeBundle> updates() {
    return List.copyOf(updates);
  }

  synchronized List<String> progress() {
    return progress.stream().map(Progress::text).toList();
  }

  synchronized Progress lastProgress() {
    return progress.get(progress.size() - 1);
  }

  /** The last value that a cell has returned. */
  synchronized MimeBundle result() {
    return java.util.Objects.requireNonNull(result);
  }

  synchronized List<String> ids() {
    return List.copyOf(ids);
  }

  @Override
  public synchronized void stream(String name, String text) {
    printed.append(text);
  }

  @Override
  public synchronized void display(MimeBundle bundle, @Nullable String id) {
    displays.add(bundle);
    ids.add(String.valueOf(id));
  }

  @Override
  public synchronized void update(MimeBundle bundle, String id) {
    updates.add(bundle);
    ids.add(id);
  }

  @Override
  public synchronized void result(int count, MimeBundle bundle) {
    result = bundle;
  }

  @Override
  public void error(CellError error) {}

  @Override
  public void clear(boolean wait) {}

  @Override
  public synchronized void progress(Progress shown) {
    progress.add(shown);
  }
}
