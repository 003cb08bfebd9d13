package vethbook.lab;

/**
 * A rule that a word has made in a namespace, by its name.
 *
 * @param name as in the comments of its lines in {@code nft list ruleset}
 */
public record PacketRule(Netns netns, String name) {
  /**
   * Packets that it has matched; connections when it translates addresses, as only the first packet
   * of each passes it.
   *
   * @throws PlanException when it was deleted
   */
  public long packets() {
    return netns.packetRules().counter(name).packets();
  }

  /** The bytes of those packets. */
  public long bytes() {
    return netns.packetRules().counter(name).bytes();
  }

  /** Takes it away; nothing happens when it is gone. */
  public void delete() {
    netns.packetRules().delete(name);
  }

  /** {@code publish 8080/tcp in netns host: 8080/tcp → 172.17.0.2:80}. */
  @Override
  public String toString() {
    return name + " in " + netns + ": " + netns.packetRules().words(name);
  }
}
