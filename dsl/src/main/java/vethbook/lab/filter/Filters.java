package vethbook.lab.filter;

import java.util.ArrayList;
import java.util.List;
import vethbook.lab.PlanException;
import vethbook.lab.filter.OwnRule.Kind;
import vethbook.lab.filter.OwnRule.Line;

/** Rules that let packets pass or not. */
public final class Filters {
  public static final String FORWARD_POLICY = "forward policy";

  private Filters() {}

  /** What becomes of a packet. */
  public enum Verdict {
    ALLOW("accept"),
    DROP("drop"),
    REJECT("reject");

    private final String nft;

    Verdict(String nft) {
      this.nft = nft;
    }

    /** Its word: {@code drop}. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** How a refused sender is told. */
  public enum Answer {
    PORT_UNREACHABLE("icmpx port-unreachable"),
    ADMIN_PROHIBITED("icmpx admin-prohibited"),
    HOST_UNREACHABLE("icmpx host-unreachable"),
    NO_ROUTE("icmpx no-route"),
    TCP_RESET("tcp reset");

    private final String nft;

    Answer(String nft) {
      this.nft = nft;
    }
  }

  /** A rule without a name yet. */
  public static OwnRule rule(Verdict verdict, OwnChain chain, PacketMatch match) {
    requireDevices(chain, match);
    return filter(verdict.word(), chain, match, verdict.nft);
  }

  /** The same for a refusal that says how. */
  public static OwnRule reject(Answer answer, OwnChain chain, PacketMatch match) {
    requireDevices(chain, match);
    if (answer == Answer.TCP_RESET && !match.protocols().equals(List.of("tcp"))) {
      throw new PlanException(
          "Cannot answer other packets than TCP's with a reset", "say protocol: 'tcp'");
    }
    return filter("reject", chain, match, "reject with " + answer.nft);
  }

  private static OwnRule filter(String word, OwnChain chain, PacketMatch match, String verdict) {
    String words = "%s %s in chain %s".formatted(word, match.words(), chain.text());
    return new OwnRule(word, words, Kind.FILTER, match.lines(chain, verdict), "");
  }

  private static void requireDevices(OwnChain chain, PacketMatch match) {
    boolean inOfOutput = chain == OwnChain.OUTPUT && !match.in().isEmpty();
    boolean outOfInput = chain == OwnChain.INPUT && !match.out().isEmpty();
    if (inOfOutput || outOfInput) {
      throw new PlanException(
          inOfOutput
              ? "Cannot filter by in: in chain output: its packets come in nowhere"
              : "Cannot filter by out: in chain input: its packets leave nowhere",
          "chain: 'forward' has both");
    }
  }

  /**
   * Lets a namespace send on only what rules allow.
   *
   * @param established lets pass what belongs to a connection that was allowed once
   * @param published lets pass what comes to a published port or a service
   */
  public static OwnRule dropForwarded(boolean established, boolean published) {
    List<Line> lines = new ArrayList<>();
    if (established) {
      String text = "ct state established,related counter accept";
      lines.add(new Line(OwnChain.FORWARD, text, "established", false));
    }
    if (published) {
      lines.add(new Line(OwnChain.FORWARD, "ct status dnat counter accept", "published", false));
    }
    String words = "forward nothing but what is allowed";
    return new OwnRule(FORWARD_POLICY, words, Kind.FORWARD_DROP, lines, "");
  }
}
