package vethbook.lab.filter;

import java.util.Map;
import java.util.Objects;

/** One command to nft on the way from one state of the lab's table to another. */
public sealed interface Step {
  /**
   * As a line of a script.
   *
   * @param handles the numbers of the rules that are there, by chain and comment
   */
  String script(Map<String, Integer> handles);

  /**
   * As a line of a shell.
   *
   * @param nft how nft is run, such as {@code ip netns exec box nft}
   */
  String shell(String nft);

  /** The key of {@link #script}'s map. */
  static String key(String chain, String comment) {
    return chain + " " + comment;
  }

  /** A command that says all by itself. */
  record Plain(String text) implements Step {
    @Override
    public String script(Map<String, Integer> handles) {
      return text;
    }

    @Override
    public String shell(String nft) {
      return nft + " " + quoted(text);
    }
  }

  /** Deletes the rule of a comment: nft knows rules only by their numbers. */
  record DeleteRule(OwnChain chain, String comment) implements Step {
    @Override
    public String script(Map<String, Integer> handles) {
      return "delete rule %s handle %d"
          .formatted(
              chain.place(), Objects.requireNonNull(handles.get(key(chain.text(), comment))));
    }

    @Override
    public String shell(String nft) {
      String find = "grep -F " + quoted("comment \"" + comment + "\" #");
      return "%1$s delete rule %2$s handle \"$(%1$s -a list chain %2$s | %3$s | sed 's/.*# handle //')\""
          .formatted(nft, chain.place(), find);
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
