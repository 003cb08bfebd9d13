package vethbook.linux.tc;

/**
 * Which packets netem sends at once, before those that it keeps.
 *
 * @param gap only each of so many packets can be one; 1 for all, 0 where nothing is reordered
 */
public record Reorder(Chance chance, int gap) {
  public static final Reorder NONE = new Reorder(Chance.NEVER, 0);

  /** In the words of {@code tc}; empty for none. */
  String options() {
    return chance.isNever() ? "" : "reorder " + chance + (gap == 1 ? "" : " gap " + gap);
  }
}
