package vethbook.tun;

/**
 * What a relay has carried one way since it began.
 *
 * @param packets that the receiving device took
 * @param bytes of those, headers included
 * @param dropped packets that the receiving device refused, such as while it is down
 */
public record Carried(long packets, long bytes, long dropped) {
  @Override
  public String toString() {
    return "%d packets, %d bytes%s"
        .formatted(packets, bytes, dropped == 0 ? "" : ", " + dropped + " dropped");
  }
}
