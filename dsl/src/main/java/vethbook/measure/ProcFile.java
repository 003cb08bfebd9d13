package vethbook.measure;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file of /proc or /sys that can be read again and again.
 *
 * <p>The JDK's Files.readString cuts integers of /proc/sys to their first digit (JDK 17 and 25): it
 * asks for one byte first, and Linux has nothing more to say at any later offset. So the first read
 * is a large one. Not a FileChannel either: an interrupt would close it.
 */
final class ProcFile implements AutoCloseable {
  private static final int FIRST = 8192;

  private final RandomAccessFile file;

  private ProcFile(RandomAccessFile file) {
    this.file = file;
  }

  /** Opens it in the network namespace of the calling thread; any thread may read it then. */
  static ProcFile open(String path) {
    try {
      return new ProcFile(new RandomAccessFile(path, "r"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a file; empty when there is none or it may not be read. */
  static Optional<String> read(String path) {
    try (InputStream in = new FileInputStream(path)) {
      return Optional.of(text(in::read));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What it says now. */
  String read() {
    try {
      file.seek(0);
      return text(file::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Source source) throws IOException {
    byte[] bytes = new byte[FIRST];
    int length = 0;
    for (int n = source.read(bytes, 0, FIRST); n > 0; ) {
      length += n;
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      n = source.read(bytes, length, bytes.length - length);
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private interface Source {
    int read(byte[] into, int offset, int length) throws IOException;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
