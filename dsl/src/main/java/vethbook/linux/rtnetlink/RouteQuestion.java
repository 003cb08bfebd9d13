package vethbook.linux.rtnetlink;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A packet whose way is asked for.
 *
 * @param source its source address; null for Linux's choice
 * @param inIndex the device that it comes in through; 0 for a packet of the namespace's own
 * @param mark its fwmark; 0 for none
 */
public record RouteQuestion(
    InetAddress destination, @Nullable InetAddress source, int inIndex, int mark) {
  /** A packet that a program of the namespace sends. */
  public static RouteQuestion to(InetAddress destination) {
    return new RouteQuestion(destination, null, 0, 0);
  }
}
