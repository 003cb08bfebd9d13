package vethbook.lab;

/** A ruleset that a namespace was given as text. */
public record NftText(Netns netns, String text) {
  /** Takes away the tables that it made, and puts back those that it changed. */
  public void delete() {
    netns.packetRules().texts().delete(text);
  }

  /** Which namespace, and the first line of the text. */
  @Override
  public String toString() {
    return "nft rules in " + netns + ": " + text.strip().lines().findFirst().orElse("");
  }
}
