package vethbook.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import vethbook.lab.filter.OwnTable;
import vethbook.linux.nft.Tables;

/**
 * Rulesets that a namespace was given as nft's own text (man 8 nft).
 *
 * <p>A text that declares a table of an earlier text takes its place, so that a changed cell can be
 * run again; the same text said again changes nothing. What it may not touch: the lab's own table
 * and the tables of iptables, whose rules could not be put back.
 */
public final class NftTexts {
  private static final Pattern DECLARED =
      Pattern.compile("\\btable\\s+(?:(ip|ip6|inet|arp|bridge|netdev)\\s+)?([^\\s{;]+)\\s*\\{");

  private final Netns netns;
  private final List<LoadNft> loaded = new ArrayList<>();

  NftTexts(Netns netns) {
    this.netns = netns;
  }

  /**
   * Loads a text as one transaction.
   *
   * @throws vethbook.linux.ExperimentException with nft's own words, which name the line
   */
  public NftText load(String text) {
    boolean isPlanned = netns.lab().plan().isPresent();
    Tables present = isPlanned ? Tables.NONE : Tables.read(netns.handle());
    requireForeignUntouched(text, present);
    Optional<LoadNft> same = loaded.stream().filter(l -> l.text().equals(text)).findFirst();
    if (same.isPresent() && (isPlanned || same.get().isThere(present))) {
      return new NftText(netns, text);
    }
    netns.lab().apply(List.of(new LoadNft(netns, text, replaced(text, present), present)));
    return new NftText(netns, text);
  }

  /** The tables that the text declares and an earlier one has made. */
  private List<String> replaced(String text, Tables present) {
    return declared(text).stream()
        .filter(table -> present.names().contains(table))
        .filter(table -> loaded.stream().anyMatch(earlier -> earlier.made().contains(table)))
        .toList();
  }

  /** The tables that a text has blocks of. */
  static List<String> declared(String text) {
    return DECLARED.matcher(text).results().map(NftTexts::table).distinct().toList();
  }

  private static String table(MatchResult declared) {
    String family = declared.group(1);
    return (family == null ? "ip" : family) + " " + declared.group(2);
  }

  private void requireForeignUntouched(String text, Tables present) {
    if (text.isBlank()) {
      throw new PlanException(
          "Cannot load an empty text of nft in " + netns,
          "write such as 'table inet mine { chain c { type filter hook input priority 0; } }'");
    }
    if (names(text, OwnTable.FAMILY, OwnTable.NAME)) {
      throw new PlanException(
          "Cannot load nft rules in %s: table %s %s is the lab's own"
              .formatted(netns, OwnTable.FAMILY, OwnTable.NAME),
          "take another name; rules that words have made are deleted by .delete()");
    }
    boolean flushes = Pattern.compile("\\bflush\\s+ruleset\\b").matcher(text).find();
    if (flushes) {
      throw new PlanException(
          "Cannot flush the whole ruleset of " + netns + ": it may have rules of others",
          "delete tables by name, such as 'delete table inet mine'");
    }
    Set<String> ofIptables = present.ofIptables();
    loaded.forEach(earlier -> ofIptables.removeAll(earlier.made()));
    for (String table : ofIptables) {
      String[] parts = table.split(" ", 2);
      if (names(text, parts[0], parts[1])) {
        throw new PlanException(
            "Cannot load nft rules in %s: table %s belongs to iptables".formatted(netns, table),
            "take a table of another name");
      }
    }
  }

  private static boolean names(String text, String family, String name) {
    String optional = family.equals("ip") ? "(?:ip\\s+)?" : Pattern.quote(family) + "\\s+";
    String kinds = "\\b(?:table|chain|rule|set|map|element|flowtable|counter|quota)\\s+";
    return Pattern.compile(kinds + optional + Pattern.quote(name) + "(?![\\w.-])")
        .matcher(text)
        .find();
  }

  /** Texts whose tables it has replaced are no more. */
  void loaded(LoadNft change) {
    loaded.removeIf(earlier -> !Collections.disjoint(earlier.made(), change.made()));
    loaded.add(change);
  }

  void unloaded(LoadNft change) {
    loaded.remove(change);
  }

  void delete(String text) {
    loaded.stream()
        .filter(change -> change.text().equals(text))
        .findFirst()
        .ifPresent(change -> netns.lab().apply(List.of(new UnloadNft(change))));
  }
}
