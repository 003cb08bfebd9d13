package vethbook.lab.filter;

import java.util.List;

/**
 * What one word asks for: lines of nft in one or more chains.
 *
 * @param name by which the word finds it again; in every line's comment
 * @param words as people read it: {@code 8080/tcp → 172.17.0.2:80}
 * @param kind what it is for
 * @param lines in the order in which they are tried
 * @param localDevice the device through which packets with addresses of lo may leave and come in
 *     ({@code route_localnet}); empty when the rule needs none
 */
public record OwnRule(String name, String words, Kind kind, List<Line> lines, String localDevice) {
  private static final String NAME = "[A-Za-z0-9 ._:/()\\[\\]@+-]{1,60}";

  /** What a rule is for. */
  public enum Kind {
    /** It changes addresses. */
    TRANSLATION,
    /** It lets packets pass or not. */
    FILTER,
    /** It lets no packet pass the forward chain but those that its lines accept. */
    FORWARD_DROP
  }

  /**
   * One rule of nft.
   *
   * @param text without comment: {@code tcp dport 80 counter drop}
   * @param label tells it from others of the same word in the same chain; empty for the main one
   * @param counts whether what it counts is what the word is about
   */
  public record Line(OwnChain chain, String text, String label, boolean counts) {
    static Line of(OwnChain chain, String text) {
      return new Line(chain, text, "", true);
    }
  }

  /** True for a name that a comment of nft and a line of a shell can hold. */
  public static boolean isName(String text) {
    return text.matches(NAME);
  }

  public OwnRule named(String other) {
    return new OwnRule(other, words, kind, lines, localDevice);
  }

  /** Whether both do the same, whatever they are called. */
  public boolean isLike(OwnRule other) {
    return kind == other.kind && lines.equals(other.lines);
  }

  /** The comment of one of its lines. */
  public String comment(Line line) {
    return line.label().isEmpty() ? name : name + " " + line.label();
  }
}
