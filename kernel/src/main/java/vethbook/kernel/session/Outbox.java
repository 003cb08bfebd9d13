package vethbook.kernel.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait to be sent, at most 16 MiB of them: who adds more waits, so that no amount of
 * output fills the memory.
 */
final class Outbox {
  private static final long MOST_BYTES = 16L << 20;

  private final Deque<List<byte[]>> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean isClosed;

  /**
   * Adds a message, when there is room. What comes after the end is dropped: nobody is there to
   * send it.
   */
  synchronized void put(List<byte[]> frames) {
    boolean interrupted = false;
    while (bytes >= MOST_BYTES && !isClosed) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // the message goes out all the same; the interrupt is for the cell
      }
    }
    if (!isClosed) {
      waiting.add(frames);
      bytes += size(frames);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The oldest message, or null when none waits. */
  synchronized @Nullable List<byte[]> poll() {
    List<byte[]> frames = waiting.poll();
    if (frames != null) {
      bytes -= size(frames);
      notifyAll();
    }
    return frames;
  }

  /** Nothing more is added; what waits can still be taken. */
  synchronized void close() {
    isClosed = true;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return isClosed;
  }

  private static long size(List<byte[]> frames) {
    long sum = 0;
    for (byte[] frame : frames) {
      sum += frame.length;
    }
    return sum;
  }
}
