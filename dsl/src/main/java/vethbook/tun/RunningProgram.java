package vethbook.tun;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Descriptor;
import vethbook.linux.libc.Errno;
import vethbook.linux.libc.SystemCallException;
import vethbook.linux.tun.TunHandle;
import vethbook.packet.LinkType;
import vethbook.packet.Packet;
import vethbook.packet.PacketLog;

/** A program at work on a device's packets, on a thread of its own, until it is closed. */
public final class RunningProgram implements AutoCloseable {
  private final TunHandle handle;
  private final LinkType link;
  private final PacketProgram program;
  private final PacketLog log;
  private final Consumer<Throwable> onFirstFailure;
  private final ProgramThread thread;
  private final Replies replies = new Sender();

  private RunningProgram(
      TunHandle handle,
      LinkType link,
      PacketProgram program,
      PacketLog log,
      Consumer<Throwable> onFirstFailure) {
    this.handle = handle;
    this.link = link;
    this.program = program;
    this.log = log;
    this.onFirstFailure = onFirstFailure;
    this.thread = new ProgramThread("program of " + log.getName(), this::run);
  }

  /**
   * Starts a program.
   *
   * @param log gets each packet before the program does, and each reply before Linux does
   * @param onFirstFailure told of the first thing that the program throws
   */
  public static RunningProgram start(
      TunHandle handle,
      LinkType link,
      PacketProgram program,
      PacketLog log,
      Consumer<Throwable> onFirstFailure) {
    RunningProgram running = new RunningProgram(handle, link, program, log, onFirstFailure);
    running.thread.start();
    return running;
  }

  public PacketLog log() {
    return log;
  }

  public boolean isRunning() {
    return thread.isAlive() && !thread.isStopped();
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(TunHandle.MOST_BYTES);
    long address = Descriptor.address(buffer);
    try {
      while (!thread.isStopped() && !handle.isClosed()) {
        int length = handle.read(address, buffer.capacity());
        if (length >= 0 && !thread.isStopped()) {
          receive(copy(buffer, length));
        }
      }
    } catch (SystemCallException e) {
      failed(e); // the device is gone
    }
  }

  private Packet copy(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(0, bytes);
    return Packet.of(link, bytes).receivedAt(Instant.now());
  }

  /** Whatever a user's program throws is kept and shown; errors such as a failed assert too. */
  private void receive(Packet packet) {
    log.add(packet);
    try {
      program.receive(packet, replies);
    } catch (Throwable e) {
      if (!thread.isStopped()) {
        failed(e);
      }
    }
  }

  private void failed(Throwable failure) {
    log.failed(failure);
    if (log.getFailures() == 1) {
      onFirstFailure.accept(failure);
    }
  }

  /** Ends the program; the device stays. */
  @Override
  public void close() {
    thread.askToStop();
    handle.wake();
    thread.end();
  }

  /** Writes packets to the device, one at a time. */
  private final class Sender implements Replies {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(TunHandle.MOST_BYTES);
    private final long address = Descriptor.address(buffer);

    @Override
    public void send(byte[] bytes) {
      send(Packet.of(link, bytes));
    }

    @Override
    public synchronized void send(Packet packet) {
      byte[] bytes = packet.getBytes();
      if (thread.isStopped()) {
        throw refused(packet, null, "this program has ended");
      }
      if (bytes.length > buffer.capacity()) {
        throw refused(packet, null, "a packet has 65535 bytes at most");
      }
      log.add(packet.sentAt(Instant.now()));
      buffer.put(0, bytes);
      Errno refusal = handle.write(address, bytes.length);
      if (!refusal.equals(Errno.NONE)) {
        throw refused(packet, refusal + "   [write]", advice(refusal));
      }
    }

    private @Nullable String advice(Errno refusal) {
      return switch (refusal.name()) {
        case "EIO" -> "the device is down: set it up";
        case "EINVAL" ->
            link == LinkType.IP
                ? "a TUN device takes packets that begin with an IP header"
                : "a TAP device takes frames that begin with an Ethernet header";
        default -> null;
      };
    }

    private ExperimentException refused(
        Packet packet, @Nullable String answer, @Nullable String next) {
      return new ExperimentException(
          "Cannot send packet '%s' on %s".formatted(packet, handle),
          answer == null ? null : "linux",
          answer,
          next,
          null);
    }
  }
}
