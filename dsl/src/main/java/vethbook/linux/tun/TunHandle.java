package vethbook.linux.tun;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import vethbook.linux.libc.Call;
import vethbook.linux.libc.Descriptor;
import vethbook.linux.libc.Errno;
import vethbook.linux.libc.SystemCallException;
import vethbook.linux.netns.NetnsHandle;

/**
 * A TUN or TAP device by its file descriptor: what Linux sends out of the device is read, what is
 * written Linux receives. The device lives as long as the descriptor, and so ends with this
 * process.
 *
 * <p>The device comes to be in the namespace in which {@code /dev/net/tun} was opened, wherever
 * TUNSETIFF is called. The descriptor keeps that namespace alive, so it must be closed with it.
 *
 * @see "Documentation/networking/tuntap.rst, linux/if_tun.h"
 */
public final class TunHandle implements AutoCloseable {
  /** Enough for the largest packet, 65535 bytes, with an Ethernet header and two VLAN tags. */
  public static final int MOST_BYTES = 65_536 + 64;

  private static final String FILE = "/dev/net/tun";
  private static final String FILE_ADVICE =
      "root makes the file by loading the driver ('modprobe tun'), and opens it to others by 'chmod"
          + " 666 %1$s'; a container needs it too ('docker run --device %1$s')".formatted(FILE);
  private static final long TUNSETIFF = 0x400454caL;
  private static final int IFF_TUN = 0x0001;
  private static final int IFF_TAP = 0x0002;
  private static final int IFF_NO_PI = 0x1000;
  private static final int IFF_TUN_EXCL = 0x8000;
  private static final int IFREQ_BYTES = 40;
  private static final int IFNAMSIZ = 16;

  private final String place;
  private final int fd;
  private final int wakeFd;
  private final ByteBuffer polled = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
  private boolean isClosed;
  private int users;

  private TunHandle(String place, int fd, int wakeFd) {
    this.place = place;
    this.fd = fd;
    this.wakeFd = wakeFd;
  }

  /**
   * Makes the device; it is down.
   *
   * @param isTap true for one that carries Ethernet frames, false for one that carries IP packets
   * @throws SystemCallException ENOENT without the file, EPERM without CAP_NET_ADMIN, EBUSY when
   *     the name is taken
   */
  public static TunHandle open(NetnsHandle netns, String name, boolean isTap) {
    String place = "%s %s in %s".formatted(isTap ? "tap" : "tun", name, netns);
    String operation = "Cannot make " + place;
    int fd = netns.call(() -> Descriptor.open(FILE, operation, FILE_ADVICE));
    try {
      attach(fd, name, isTap, operation);
      return new TunHandle(place, fd, Descriptor.event());
    } catch (SystemCallException e) {
      Call.close(fd);
      throw e;
    }
  }

  /** Makes the device that the descriptor is the other end of. */
  private static void attach(int fd, String name, boolean isTap, String operation) {
    ByteBuffer request = ByteBuffer.allocateDirect(IFREQ_BYTES).order(ByteOrder.nativeOrder());
    request.put(0, name.getBytes(StandardCharsets.US_ASCII));
    request.putShort(IFNAMSIZ, (short) ((isTap ? IFF_TAP : IFF_TUN) | IFF_NO_PI | IFF_TUN_EXCL));
    Errno refusal = Descriptor.ioctl(fd, TUNSETIFF, request);
    if (!refusal.equals(Errno.NONE)) {
      throw new SystemCallException(operation, "ioctl(TUNSETIFF)", refusal);
    }
  }

  /**
   * Waits for a packet that Linux sends out of the device. One thread at a time may do this.
   *
   * @param address of memory for it, see {@link Descriptor#address}
   * @return its bytes; -1 after {@link #wake} and when the handle is closed
   * @throws SystemCallException EBADFD or EIO when the device is gone
   */
  public int read(long address, int capacity) {
    if (!enter()) {
      return -1;
    }
    try {
      long result = Descriptor.read(fd, address, capacity);
      while (result < 0) {
        requireWaiting(new Errno((int) -result));
        if (Descriptor.awaitReadable(fd, wakeFd, polled)) {
          Descriptor.takeEvent(wakeFd);
          return -1;
        }
        result = Descriptor.read(fd, address, capacity);
      }
      return (int) result;
    } finally {
      leave();
    }
  }

  private void requireWaiting(Errno errno) {
    if (!errno.equals(Errno.EAGAIN) && !errno.equals(Errno.EINTR)) {
      throw new SystemCallException("Cannot read packets of " + place, "read", errno, null);
    }
  }

  /**
   * Lets Linux receive a packet from the device.
   *
   * @return why Linux would not take it: EIO when the device is down or gone, EINVAL when it is no
   *     packet; NONE when it did
   */
  public Errno write(long address, int length) {
    if (!enter()) {
      return Errno.EBADFD;
    }
    try {
      long result = Descriptor.write(fd, address, length);
      return result < 0 ? new Errno((int) -result) : Errno.NONE;
    } finally {
      leave();
    }
  }

  /** Makes the thread that reads, or the next one that does, return without a packet. */
  public void wake() {
    if (enter()) {
      Descriptor.putEvent(wakeFd);
      leave();
    }
  }

  /** Descriptor numbers are used again: nobody may use one while it is closed. */
  private synchronized boolean enter() {
    users += isClosed ? 0 : 1;
    return !isClosed;
  }

  private synchronized void leave() {
    users--;
    notifyAll();
  }

  public synchronized boolean isClosed() {
    return isClosed;
  }

  /** Ends the device, and the waiting of the thread that reads. */
  @Override
  public void close() {
    synchronized (this) {
      if (isClosed) {
        return;
      }
      isClosed = true;
      Descriptor.putEvent(wakeFd);
      awaitUsers();
    }
    Call.close(fd);
    Call.close(wakeFd);
  }

  /** Short: whoever waits for a packet has been woken, and nothing else takes long. */
  private synchronized void awaitUsers() {
    boolean interrupted = false;
    while (users > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@code tun tun0 in netns client}. */
  @Override
  public String toString() {
    return place;
  }
}
