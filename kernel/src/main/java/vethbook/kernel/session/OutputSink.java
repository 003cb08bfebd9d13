package vethbook.kernel.session;

import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.Progress;
import vethbook.kernel.language.CellError;

/** Where cells' output goes: to front ends, or into a notebook. Called from any thread. */
public interface OutputSink {
  /** Printed text; {@code name} is stdout or stderr. */
  void stream(String name, String text);

  /** Something shown; with an id it can be replaced later. */
  void display(MimeBundle bundle, @Nullable String id);

  /** Replaces what was shown under an id. */
  void update(MimeBundle bundle, String id);

  /** The value of a cell's last expression. */
  void result(int count, MimeBundle bundle);

  void error(CellError error);

  /** Forgets what the cell has shown; with {@code wait} only when something new comes. */
  void clear(boolean wait);

  /** How far the cell is; the sink decides how often it shows that. */
  void progress(Progress progress);
}
