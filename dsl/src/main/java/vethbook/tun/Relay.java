package vethbook.tun;

import java.util.Optional;
import java.util.stream.Stream;
import vethbook.linux.libc.SystemCallException;
import vethbook.linux.tun.TunHandle;

/**
 * Two TUN or two TAP devices joined like the ends of a cable that leads through this process: a
 * thread for each direction, without segmentation offload, so that each packet is one read and one
 * write.
 */
public final class Relay {
  private final String nameA;
  private final String nameB;
  private final RelayThread forward;
  private final RelayThread backward;

  private Relay(String nameA, TunHandle a, String nameB, TunHandle b) {
    this.nameA = nameA;
    this.nameB = nameB;
    this.forward = new RelayThread("relay " + nameA + " to " + nameB, a, b);
    this.backward = new RelayThread("relay " + nameB + " to " + nameA, b, a);
  }

  /** Begins to copy. */
  public static Relay start(String nameA, TunHandle a, String nameB, TunHandle b) {
    Relay relay = new Relay(nameA, a, nameB, b);
    relay.forward.start();
    relay.backward.start();
    return relay;
  }

  /** From the first device to the second. */
  public Carried getForward() {
    return forward.carried();
  }

  /** From the second device to the first. */
  public Carried getBackward() {
    return backward.carried();
  }

  /** False when it was stopped, and when one of its devices is gone. */
  public boolean isRunning() {
    return forward.isRunning() && backward.isRunning();
  }

  /** Ends it; the devices stay. */
  public void stop() {
    forward.askToStop();
    backward.askToStop();
    forward.end();
    backward.end();
  }

  private Optional<SystemCallException> failure() {
    return Stream.of(forward, backward)
        .flatMap(way -> Stream.ofNullable(way.failure()))
        .findFirst();
  }

  /** {@code client.tun0 → server.tun0: 12 packets, 1008 bytes; back: 12 packets, 1008 bytes}. */
  @Override
  public String toString() {
    String state =
        failure().map(e -> " (" + e.getMessage() + ")").orElse(isRunning() ? "" : " (stopped)");
    return "%s → %s: %s; back: %s%s".formatted(nameA, nameB, getForward(), getBackward(), state);
  }
}
