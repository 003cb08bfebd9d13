package vethbook.linux.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads a stream on a thread of its own and keeps its text, up to 16 MiB. */
final class Capture {
  private static final int LIMIT = 16 << 20;

  private final StringBuilder text = new StringBuilder();
  private final Thread thread;

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
      append(""); // closed because the process was ended
    }
  }

  private synchronized void append(String piece) {
    if (text.length() <= LIMIT) {
      text.append(piece);
      if (text.length() > LIMIT) {
        text.append("\n[the rest of the output was not kept: more than 16 MiB]\n");
      }
    }
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
