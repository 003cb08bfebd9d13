package vethbook.kernel.language;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Progress;

/**
 * The loops of a cell that tell how far they are. Loops inside of one another share one bar; it
 * ends with the outermost, or with the cell.
 */
final class ProgressBars {
  private static final long BETWEEN_NANOS = Duration.ofMillis(100).toNanos();

  private final Consumer<Progress> shown;
  private final Deque<Loop<?>> open = new ArrayDeque<>();
  private long last;

  ProgressBars(Consumer<Progress> shown) {
    this.shown = shown;
  }

  /**
   * The values, counted as they are taken.
   *
   * @param size how many there are; negative when that is not known
   * @param text what is going on
   */
  <T> Iterable<T> over(Iterable<T> values, long size, String text) {
    return () -> new Loop<>(values.iterator(), size, text);
  }

  /** Ends what was left before its end. */
  synchronized void end() {
    Loop<?> outermost = open.peekFirst();
    if (outermost != null) {
      finish("stopped at " + outermost.count() + " after ", outermost);
      open.clear();
    }
  }

  private synchronized void step(Loop<?> loop) {
    if (!open.contains(loop)) {
      if (open.isEmpty()) {
        last = System.nanoTime() - BETWEEN_NANOS;
      }
      open.addLast(loop);
    }
    while (open.peekLast() != loop) {
      open.removeLast(); // was left
    }
    long now = System.nanoTime();
    if (now - last >= BETWEEN_NANOS) {
      last = now;
      shown.accept(progress(now));
    }
  }

  private Progress progress(long now) {
    double fraction = 0;
    double part = 1;
    StringBuilder text = new StringBuilder();
    for (Loop<?> loop : open) {
      if (part > 0) {
        fraction += part * loop.done();
        part = loop.size > 0 ? part / loop.size : 0;
      }
      text.append(text.isEmpty() ? "" : " · ").append(loop.label()).append(loop.count());
    }
    Loop<?> outermost = open.getFirst();
    double begun = Math.min(0.999, fraction);
    double elapsed = (now - outermost.began) / 1e9;
    Duration left =
        begun > 0.01 && outermost.size > 0 && elapsed > 1
            ? Duration.ofMillis((long) (elapsed * (1 - begun) / begun * 1e3))
            : Duration.ZERO;
    return new Progress(begun, left, text.toString());
  }

  private synchronized void finish(Loop<?> loop) {
    if (open.contains(loop)) {
      while (open.removeLast() != loop) {
        // what was left inside of it
      }
      if (open.isEmpty()) {
        finish(loop.count() + " in ", loop);
      }
    }
  }

  private void finish(String what, Loop<?> loop) {
    double seconds = (System.nanoTime() - loop.began) / 1e9;
    String time = String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    shown.accept(new Progress(1, Duration.ZERO, loop.label() + what + time));
  }

  private final class Loop<T> implements Iterator<T> {
    private final Iterator<T> values;
    private final long size;
    private final String text;
    private final long began = System.nanoTime();
    private volatile long taken;

    Loop(Iterator<T> values, long size, String text) {
      this.values = values;
      this.size = size;
      this.text = text;
    }

    String label() {
      return text.isEmpty() ? "" : text + " ";
    }

    /** How many turns have ended. */
    private long ended() {
      return Math.max(0, open.contains(this) ? taken - 1 : taken);
    }

    String count() {
      return size < 0 ? Long.toString(ended()) : ended() + "/" + size;
    }

    double done() {
      return size > 0 ? Math.min(1, ended() / (double) size) : 0;
    }

    @Override
    public boolean hasNext() {
      boolean more = values.hasNext();
      if (!more) {
        finish(this);
      }
      return more;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread takes, another may look
    public @Nullable T next() throws NoSuchElementException {
      T value = values.next();
      taken++;
      step(this);
      return value;
    }
  }
}
