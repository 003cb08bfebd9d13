package vethbook.linux.ethtool;

/**
 * How many packets the rings between driver and device hold: {@code ethtool -g}.
 *
 * @param rx received packets
 * @param tx packets to send
 * @param mostRx the most that the device takes; 0 where it has no such ring
 */
public record Rings(int rx, int tx, int mostRx, int mostTx) {
  public Rings with(int newRx, int newTx) {
    return new Rings(newRx, newTx, mostRx, mostTx);
  }

  /** {@code rx 256 of 4096, tx 256 of 4096}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    Channels.append(text, "rx", rx, mostRx);
    Channels.append(text, "tx", tx, mostTx);
    return text.isEmpty() ? "none" : text.toString();
  }
}
