package vethbook.kernel.session;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import vethbook.kernel.language.groovy.GroovyLanguage;

/**
 * System.out and System.err of this process, sent to the cells' output for as long as this is open,
 * and System.in, which asks the person: once for the process and not around each cell, so that a
 * thread that outlives its cell still prints into the notebook.
 */
final class StandardStreams implements AutoCloseable {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final InputStream in = System.in;

  StandardStreams(StreamBuffer buffer, TypedLines.Source typed) {
    System.setIn(new TypedLines(typed));
    System.setOut(stream(buffer, "stdout"));
    System.setErr(stream(buffer, "stderr"));
  }

  private static PrintStream stream(StreamBuffer buffer, String name) {
    OutputStream bytes =
        new OutputStream() {
          @Override
          public void write(int b) {
            buffer.write(name, new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] data, int offset, int length) {
            buffer.write(name, data, offset, length);
          }
        };
    return new Stream(bytes);
  }

  /** A stream of the cells; under the name {@code out} it is where Groovy's println looks first. */
  private static final class Stream extends PrintStream implements GroovyLanguage.Hidden {
    Stream(OutputStream bytes) {
      super(bytes, true, StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    System.setIn(in);
  }
}
