package vethbook.linux.rtnetlink;

import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;

/**
 * What a device knows of another on its link ({@code ip neighbour}), or where a bridge or a vxlan
 * sends frames to a MAC address ({@code bridge fdb}).
 *
 * @param linkIndex the device
 * @param address of a neighbour; of the host that a vxlan's frames go to; null for a bridge's
 * @param mac link-layer address; empty while it is not known
 */
public record Neighbour(
    int linkIndex, @Nullable InetAddress address, String mac, State state, boolean isProxy) {

  /** How sure Linux is ({@code linux/neighbour.h}, NUD_*). */
  public enum State {
    INCOMPLETE(0x01),
    REACHABLE(0x02),
    STALE(0x04),
    DELAY(0x08),
    PROBE(0x10),
    /** It was asked for, and nobody answered. */
    FAILED(0x20),
    NOARP(0x40),
    /** Set by hand, never asked for. */
    PERMANENT(0x80),
    NONE(0);

    private final int number;

    State(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static State of(int number) {
      for (State state : values()) {
        if (state.number == number) {
          return state;
        }
      }
      return NONE;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** True when no traffic has taught it, and none changes it. */
  public boolean isSetByHand() {
    return state == State.PERMANENT || state == State.NOARP;
  }

  /** {@code 10.0.0.2 lladdr 02:00:00:00:00:02 permanent}. */
  public String text() {
    return (address == null ? "" : Cidr.text(address) + " ")
        + (isProxy ? "proxy" : (mac.isEmpty() ? "" : "lladdr " + mac + " ") + state.word());
  }
}
