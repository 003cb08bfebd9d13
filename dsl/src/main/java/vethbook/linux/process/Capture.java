package vethbook.linux.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads a stream on a thread of its own and keeps its text, up to 16 MiB. */
final class Capture {
  private static final int LIMIT = 16 << 20;

  private final StringBuilder text = new StringBuilder();
  private final Thread thread;
  private boolean hasEnded;

  private Capture(InputStream stream, String name) {
    thread = new Thread(() -> read(stream), name);
    thread.setDaemon(true);
    thread.start();
  }

  static Capture of(InputStream stream, String name) {
    return new Capture(stream, name);
  }

  private void read(InputStream stream) {
    byte[] buffer = new byte[8192];
    try {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        append(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // closed because the process was ended
    } finally {
      ended();
    }
  }

  private synchronized void append(String piece) {
    if (text.length() <= LIMIT) {
      text.append(piece);
      notifyAll();
      if (text.length() > LIMIT) {
        text.append("\n[the rest of the output was not kept: more than 16 MiB]\n");
      }
    }
  }

  private synchronized void ended() {
    hasEnded = true;
    notifyAll();
  }

  /** Waits until the text holds a piece, at most so many nanoseconds; true when it does. */
  synchronized boolean await(String piece, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (text.indexOf(piece) < 0) {
      long left = deadline - System.nanoTime();
      if (left <= 0 || hasEnded) {
        return false;
      }
      wait(Math.max(1, left / 1_000_000));
    }
    return true;
  }

  synchronized boolean contains(String piece) {
    return text.indexOf(piece) >= 0;
  }

  /** True when no more will come. */
  synchronized boolean hasEnded() {
    return hasEnded;
  }

  synchronized void note(String line) {
    text.append(line).append('\n');
  }

  synchronized String text() {
    return text.toString();
  }

  /** Waits until all has been read; a grandchild that holds the pipe is not waited for long. */
  void finish() throws InterruptedException {
    thread.join(1000);
  }
}
