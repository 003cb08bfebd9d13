package vethbook.tun;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import vethbook.linux.libc.Descriptor;
import vethbook.linux.libc.Errno;
import vethbook.linux.libc.SystemCallException;
import vethbook.linux.tun.TunHandle;

/** Copies packets from one device to another: a read and a write for each, and nothing else. */
final class RelayThread {
  private final TunHandle from;
  private final TunHandle to;
  private final ProgramThread thread;
  private final LongAdder packets = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private volatile @Nullable SystemCallException failure;

  RelayThread(String name, TunHandle from, TunHandle to) {
    this.from = from;
    this.to = to;
    this.thread = new ProgramThread(name, this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(TunHandle.MOST_BYTES);
    long address = Descriptor.address(buffer);
    try {
      while (!thread.isStopped() && !from.isClosed()) {
        int length = from.read(address, TunHandle.MOST_BYTES);
        if (length > 0) {
          write(address, length);
        }
      }
    } catch (SystemCallException e) {
      failure = e; // a device is gone
    } finally {
      java.lang.ref.Reference.reachabilityFence(buffer);
    }
  }

  private void write(long address, int length) {
    if (to.write(address, length).equals(Errno.NONE)) {
      packets.increment();
      bytes.add(length);
    } else {
      dropped.increment();
    }
  }

  Carried carried() {
    return new Carried(packets.sum(), bytes.sum(), dropped.sum());
  }

  boolean isRunning() {
    return thread.isAlive() && !thread.isStopped();
  }

  @Nullable SystemCallException failure() {
    return failure;
  }

  void askToStop() {
    thread.askToStop();
    from.wake();
  }

  void end() {
    thread.end();
  }
}
