package vethbook.kernel.session;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;

/**
 * What programs print that a cell has started with this process's own output ({@code inheritIO}),
 * and libraries in C: file descriptors 1 and 2 become pipes, whose other ends are read here.
 *
 * <p>There is no way back from this: the process's own log goes to a copy of the old descriptor 2.
 *
 * @see "man 2 dup2, man 2 poll"
 */
final class ChildOutput {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final short POLLIN = 1; // <poll.h>
  private static final int POLLFD_BYTES = 8; // struct pollfd: int fd, short events, short revents
  private static final int F_SETFL = 4; // <fcntl.h>
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int FIRST_FREE_DESCRIPTOR = 3;

  /** The system calls this needs. */
  public interface LibC {
    int pipe2(int[] ends, int flags);

    int dup2(int from, int to);

    int close(int descriptor);

    int fcntl(int descriptor, int command, int argument);

    int poll(ByteBuffer descriptors, long count, int milliseconds);

    long read(int descriptor, ByteBuffer data, long length);

    long write(int descriptor, byte[] data, long length);
  }

  private record Captured(int pipe, String stream) {}

  private final LibC libC =
      LibraryLoader.create(LibC.class).option(LibraryOption.LoadNow, true).load("c");
  private final StreamBuffer buffer;
  private final ByteBuffer data = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final List<Captured> captured;

  private ChildOutput(StreamBuffer buffer) throws IOException {
    this.buffer = buffer;
    int log = check("fcntl", libC.fcntl(2, F_DUPFD_CLOEXEC, FIRST_FREE_DESCRIPTOR));
    KernelServer.logTo(new Descriptor(log));
    captured = List.of(capture(1, "stdout"), capture(2, "stderr"));
  }

  /**
   * Begins to read what is printed to the descriptors.
   *
   * @throws IOException if Linux has no descriptors left
   */
  static ChildOutput into(StreamBuffer buffer) throws IOException {
    ChildOutput made = new ChildOutput(buffer);
    Thread reader = new Thread(made::read, "output of programs");
    reader.setDaemon(true);
    reader.start();
    return made;
  }

  private Captured capture(int descriptor, String stream) throws IOException {
    int[] ends = new int[2];
    check("pipe2", libC.pipe2(ends, O_CLOEXEC));
    check("fcntl", libC.fcntl(ends[0], F_SETFL, O_NONBLOCK));
    check("dup2", libC.dup2(ends[1], descriptor));
    check("close", libC.close(ends[1]));
    return new Captured(ends[0], stream);
  }

  private void read() {
    ByteBuffer polled =
        ByteBuffer.allocateDirect(captured.size() * POLLFD_BYTES).order(ByteOrder.nativeOrder());
    while (true) {
      polled.clear();
      captured.forEach(each -> polled.putInt(each.pipe()).putShort(POLLIN).putShort((short) 0));
      polled.flip();
      libC.poll(polled, captured.size(), -1);
      drain();
    }
  }

  /** Takes over what has been printed until now: what comes next is shown after it. */
  synchronized void drain() {
    for (Captured each : captured) {
      long count;
      do {
        data.clear();
        count = libC.read(each.pipe(), data, BUFFER_BYTES);
        if (count > 0) {
          byte[] bytes = new byte[(int) count];
          data.get(bytes);
          buffer.append(each.stream(), bytes, 0, bytes.length);
        }
      } while (count == BUFFER_BYTES);
    }
  }

  private static int check(String call, int result) throws IOException {
    if (result < 0) {
      throw new IOException(call + " failed");
    }
    return result;
  }

  /** Writes to a file descriptor of this process. */
  private final class Descriptor extends OutputStream {
    private final int number;

    Descriptor(int number) {
      this.number = number;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      byte[] part = java.util.Arrays.copyOfRange(bytes, offset, offset + length);
      libC.write(number, part, part.length);
    }
  }
}
