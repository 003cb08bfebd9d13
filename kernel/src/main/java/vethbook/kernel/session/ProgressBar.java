package vethbook.kernel.session;

import java.time.Duration;
import vethbook.extension.MimeBundle;
import vethbook.extension.Progress;

/** How far a cell is, as text with a bar of block characters. */
public final class ProgressBar {
  private static final int WIDTH = 24;

  private ProgressBar() {}

  /** For a notebook. */
  public static MimeBundle bundle(Progress progress) {
    return MimeBundle.plain(text(progress));
  }

  static String text(Progress progress) {
    if (progress.fraction() >= 1) {
      return progress.text();
    }
    int full = (int) Math.round(progress.fraction() * WIDTH);
    String bar = "█".repeat(full) + "░".repeat(WIDTH - full);
    return bar + " " + progress.text() + left(progress.left());
  }

  /** {@code · 1 min 20 s left}; nothing when that is not known. */
  static String left(Duration left) {
    if (left.isZero()) {
      return "";
    }
    long seconds = Math.max(1, left.toSeconds());
    String minutes = seconds >= 60 ? seconds / 60 + " min " : "";
    return " · " + minutes + seconds % 60 + " s left";
  }
}
