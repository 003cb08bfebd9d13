package vethbook.linux.nft;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vethbook.linux.netns.NetnsHandle;

/**
 * The tables of a namespace as nft's own text, by which they can be compared and made again; their
 * counters go on from where they were.
 */
public final class Tables {
  private static final Pattern OF_IPTABLES =
      Pattern.compile(
          "table ip6? (filter|nat|mangle|raw|security) \\{.*"
              + "\\tchain (PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING) \\{.*",
          Pattern.DOTALL);

  public static final Tables NONE = new Tables(Map.of());

  private final Map<String, String> texts;

  private Tables(Map<String, String> texts) {
    this.texts = texts;
  }

  /** One table; none when its text is empty. */
  public static Tables of(String name, String text) {
    return new Tables(text.isEmpty() ? Map.of() : Map.of(name, text));
  }

  /** Reads all tables. */
  public static Tables read(NetnsHandle netns) {
    Map<String, String> texts = new LinkedHashMap<>();
    StringBuilder table = new StringBuilder();
    for (String line : Nft.list(netns, "list", "ruleset").split("\n")) {
      table.append(line).append('\n');
      if (line.equals("}")) {
        String text = table.toString();
        texts.put(text.substring("table ".length(), text.indexOf(" {")), text);
        table.setLength(0);
      }
    }
    return new Tables(texts);
  }

  /** Their families and names: {@code inet mine}. */
  public Set<String> names() {
    return texts.keySet();
  }

  /** A table that can be loaded as it is; empty when there is none. */
  public String text(String name) {
    return texts.getOrDefault(name, "");
  }

  /** Those that iptables-nft has made, by the names that it gives. */
  public Set<String> ofIptables() {
    return names().stream()
        .filter(name -> OF_IPTABLES.matcher(text(name)).matches())
        .collect(Collectors.toSet());
  }

  /** These tables but for some. */
  public Tables without(Collection<String> names) {
    Map<String, String> rest = new LinkedHashMap<>(texts);
    rest.keySet().removeAll(names);
    return new Tables(rest);
  }

  /** The script that makes some tables what they are in another state. */
  public String scriptTo(Tables wanted, Collection<String> names) {
    StringBuilder script = new StringBuilder();
    for (String name : names) {
      if (names().contains(name)) {
        script.append("delete table ").append(name).append('\n');
      }
      script.append(wanted.text(name));
    }
    return script.toString();
  }

  /** Those that are new, gone or have other rules than before, whatever they have counted. */
  public Set<String> changedSince(Tables before) {
    Set<String> changed = new LinkedHashSet<>(names());
    changed.addAll(before.names());
    changed.removeIf(name -> uncounted(text(name)).equals(uncounted(before.text(name))));
    return changed;
  }

  private static String uncounted(String text) {
    return text.replaceAll("packets \\d+ bytes \\d+", "");
  }
}
