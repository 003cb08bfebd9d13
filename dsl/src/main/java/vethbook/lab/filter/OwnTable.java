package vethbook.lab.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules that a lab has in one namespace.
 *
 * @param rules in the order in which they are tried
 */
public record OwnTable(List<OwnRule> rules) {
  public static final OwnTable EMPTY = new OwnTable(List.of());
  public static final String FAMILY = "inet";
  public static final String NAME = "vethbook";
  static final String PLACE = FAMILY + " " + NAME;

  private static final Pattern NUMBERED = Pattern.compile("(?:allow|drop|reject) (\\d{1,8})");

  /** Takes the table away, whether it is there or not. */
  public static final String DELETE = "add table " + PLACE + "\ndelete table " + PLACE + "\n";

  /** A line with its comment. */
  record Entry(String text, String comment) {
    /** As it follows the chain in {@code add rule}. */
    String rule() {
      return text + " comment \"" + comment + "\"";
    }
  }

  /** This table with a rule: in the place of the one of its name, else the last. */
  public OwnTable and(OwnRule rule) {
    List<OwnRule> more = new ArrayList<>(rules);
    for (int i = 0; i < more.size(); i++) {
      if (more.get(i).name().equals(rule.name())) {
        more.set(i, rule);
        return new OwnTable(more);
      }
    }
    // what a policy of drop lets pass comes first, whenever it is said
    more.add(rule.kind() == OwnRule.Kind.FORWARD_DROP ? 0 : more.size(), rule);
    return new OwnTable(more);
  }

  public OwnTable without(String name) {
    return new OwnTable(rules.stream().filter(rule -> !rule.name().equals(name)).toList());
  }

  public Optional<OwnRule> rule(String name) {
    return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
  }

  /** The highest number at the end of a name, such as {@code drop 3}; 0 when there is none. */
  public int highestNumber() {
    return rules.stream()
        .map(rule -> NUMBERED.matcher(rule.name()))
        .filter(Matcher::matches)
        .mapToInt(match -> Integer.parseInt(match.group(1)))
        .max()
        .orElse(0);
  }

  /** The chains that it needs. */
  public List<OwnChain> chains() {
    return Arrays.stream(OwnChain.values())
        .filter(chain -> !entries(chain).isEmpty() || policy(chain).equals("drop"))
        .toList();
  }

  public String policy(OwnChain chain) {
    return chain == OwnChain.FORWARD && dropsForwarded() ? "drop" : "accept";
  }

  public boolean dropsForwarded() {
    return rules.stream().anyMatch(rule -> rule.kind() == OwnRule.Kind.FORWARD_DROP);
  }

  /** The comments of a chain's rules, by which to see whether they are as they were left. */
  public List<String> comments(OwnChain chain) {
    return entries(chain).stream().map(Entry::comment).toList();
  }

  List<Entry> entries(OwnChain chain) {
    List<Entry> entries = new ArrayList<>();
    for (OwnRule rule : rules) {
      for (OwnRule.Line line : rule.lines()) {
        if (line.chain() == chain) {
          entries.add(new Entry(line.text(), rule.comment(line)));
        }
      }
    }
    return entries;
  }
}
