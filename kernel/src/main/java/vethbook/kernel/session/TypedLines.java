package vethbook.kernel.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** System.in of cells: each line that a reader needs is asked from the person. */
final class TypedLines extends InputStream {
  /** Where lines come from. */
  @FunctionalInterface
  interface Source {
    /** The next line, without its end; null when there is none. */
    @Nullable String line() throws InterruptedException;
  }

  private final Source source;
  private byte[] line = new byte[0];
  private int next;

  TypedLines(Source source) {
    this.source = source;
  }

  @Override
  public synchronized int read() throws IOException {
    return isAtEnd() ? -1 : line[next++] & 0xFF;
  }

  /** At most the rest of one line: a reader that wants more is given what was typed. */
  @Override
  public synchronized int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int count = Math.min(length, line.length - next);
    System.arraycopy(line, next, target, offset, count);
    next += count;
    return count;
  }

  @Override
  public synchronized int available() {
    return line.length - next;
  }

  private boolean isAtEnd() throws IOException {
    if (next < line.length) {
      return false;
    }
    try {
      String typed = source.line();
      if (typed == null) {
        return true;
      }
      line = (typed + "\n").getBytes(StandardCharsets.UTF_8);
      next = 0;
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("the cell was stopped").initCause(e);
    }
  }
}
