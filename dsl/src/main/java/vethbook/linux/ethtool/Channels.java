package vethbook.linux.ethtool;

/**
 * How many queues of a device are in use: {@code ethtool -l}.
 *
 * @param rx those that only receive
 * @param tx those that only send
 * @param combined those that do both
 * @param most the largest numbers that the device takes, in the same order
 */
public record Channels(int rx, int tx, int combined, Most most) {
  /** The largest number of each kind; 0 where the device has none. */
  public record Most(int rx, int tx, int combined) {}

  public Channels with(int newRx, int newTx, int newCombined) {
    return new Channels(newRx, newTx, newCombined, most);
  }

  /** {@code rx 1 of 2, tx 1 of 2}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text, "rx", rx, most.rx);
    append(text, "tx", tx, most.tx);
    append(text, "combined", combined, most.combined);
    return text.isEmpty() ? "none" : text.toString();
  }

  static void append(StringBuilder text, String name, int count, int most) {
    if (most > 0) {
      text.append(text.isEmpty() ? "" : ", ").append(name).append(' ').append(count);
      text.append(" of ").append(most);
    }
  }
}
