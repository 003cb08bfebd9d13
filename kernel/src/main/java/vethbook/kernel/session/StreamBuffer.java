package vethbook.kernel.session;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Joins what is printed into messages: sent after 20 ms, when 64 KiB have gathered, when the other
 * stream is printed to, or before anything else is shown. Printers wait while it is being sent, so
 * that no amount of output fills the memory.
 */
final class StreamBuffer implements AutoCloseable {
  private static final long DELAY_MILLIS = 20;
  private static final int FULL = 64 * 1024;

  private static final long DRAIN_NANOS = 500_000;

  private final OutputSink sink;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final Thread flusher;
  private @Nullable String stream;
  private boolean closed;
  private volatile Runnable source = () -> {};
  private volatile long drained = System.nanoTime();

  StreamBuffer(OutputSink sink) {
    this.sink = sink;
    flusher = new Thread(this::flushInTime, "stream flusher");
    flusher.setDaemon(true);
    flusher.start();
  }

  /** Reads what programs print into this buffer from now on. */
  void addSource(Runnable drain) {
    source = drain;
  }

  void write(String name, byte[] data, int offset, int length) {
    drainSource();
    append(name, data, offset, length);
  }

  /**
   * A program that the cell has waited for printed before what the cell prints now. No program
   * starts and ends in less than half a millisecond, so that it is enough to look that often.
   */
  private void drainSource() {
    long now = System.nanoTime();
    if (now - drained > DRAIN_NANOS) {
      drained = now;
      source.run();
    }
  }

  synchronized void append(String name, byte[] data, int offset, int length) {
    if (!name.equals(stream)) {
      send();
      stream = name;
    }
    pending.write(data, offset, length);
    if (pending.size() >= FULL) {
      send();
    } else {
      notifyAll();
    }
  }

  /** Sends what has gathered, but for the first bytes of a character whose rest is to come. */
  void flush() {
    source.run();
    send();
  }

  private synchronized void send() {
    if (stream == null || pending.size() == 0) {
      return;
    }
    byte[] bytes = pending.toByteArray();
    int whole = wholeCharacters(bytes);
    pending.reset();
    pending.write(bytes, whole, bytes.length - whole);
    if (whole > 0) {
      sink.stream(stream, new String(bytes, 0, whole, StandardCharsets.UTF_8));
    }
  }

  /** How many bytes end with a complete UTF-8 character (RFC 3629). */
  static int wholeCharacters(byte[] bytes) {
    int start = bytes.length - 1;
    while (start >= 0 && start > bytes.length - 4 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    if (start < 0) {
      return bytes.length;
    }
    int lead = bytes[start] & 0xFF;
    int size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return bytes.length - start < size ? start : bytes.length;
  }

  private void flushInTime() {
    try {
      while (waitForText()) {
        Thread.sleep(DELAY_MILLIS);
        send();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private synchronized boolean waitForText() throws InterruptedException {
    while (pending.size() == 0 && !closed) {
      wait();
    }
    return !closed;
  }

  @Override
  public void close() {
    flush();
    synchronized (this) {
      closed = true;
    }
    flusher.interrupt();
  }
}
