package vethbook.linux.nft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vethbook.linux.nft.Ruleset.Chain;
import vethbook.linux.nft.Ruleset.Counter;
import vethbook.linux.nft.Ruleset.Rule;

/**
 * Puts together nft's two listings: the JSON has the structure, the text has the words, also for
 * what iptables-nft has made, of which the JSON has only names.
 */
final class RulesetReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TABLE = Pattern.compile("table (\\w+) (\\S+) \\{.*");
  private static final Pattern CHAIN = Pattern.compile("\tchain (\\S+) \\{.*");
  private static final Pattern HANDLE = Pattern.compile("(.*) # handle (\\d+)", Pattern.DOTALL);
  private static final Pattern COUNTER = Pattern.compile(" ?counter packets \\d+ bytes \\d+");
  private static final Pattern COMMENT = Pattern.compile(" comment \"[^\"]*\"$");
  private static final Pattern OF_CHAIN = Pattern.compile("\t\t(type|comment) .*");

  private static final Set<String> VERDICTS =
      Set.of(
          "accept",
          "drop",
          "reject",
          "jump",
          "goto",
          "return",
          "continue",
          "masquerade",
          "snat",
          "dnat",
          "redirect",
          "queue",
          "tproxy",
          "vmap");

  private final Map<String, String> words;

  private RulesetReader(Map<String, String> words) {
    this.words = words;
  }

  /**
   * @param json of {@code nft -j list ...}
   * @param text of {@code nft -a list ...}; empty when the words are not needed
   */
  static Ruleset read(String json, String text) {
    return new RulesetReader(words(text)).read(entries(json));
  }

  private static JsonNode entries(String json) {
    try {
      return JSON.readTree(json).path("nftables");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("nft answered no JSON: " + json, e);
    }
  }

  /** By place and handle; a rule with a long list goes over several lines. */
  private static Map<String, String> words(String text) {
    Map<String, String> found = new LinkedHashMap<>();
    String table = "";
    String chain = "";
    StringBuilder rule = new StringBuilder();
    for (String line : text.split("\n")) {
      Matcher tableLine = TABLE.matcher(line);
      Matcher chainLine = CHAIN.matcher(line);
      if (tableLine.matches()) {
        table = tableLine.group(1) + " " + tableLine.group(2);
        chain = "";
      } else if (chainLine.matches()) {
        chain = table + " " + chainLine.group(1);
      } else if (line.equals("\t}")) {
        chain = "";
      } else if (!chain.isEmpty() && !isOfChain(line, rule)) {
        rule.append(rule.length() == 0 ? "" : " ").append(line.strip());
        Matcher whole = HANDLE.matcher(rule);
        if (whole.matches()) {
          found.put(chain + " " + whole.group(2), tidy(whole.group(1)));
          rule.setLength(0);
        }
      }
    }
    return found;
  }

  private static boolean isOfChain(String line, StringBuilder ruleSoFar) {
    return ruleSoFar.length() == 0 && OF_CHAIN.matcher(line).matches();
  }

  private static String tidy(String rule) {
    String bare = COUNTER.matcher(COMMENT.matcher(rule).replaceFirst("")).replaceAll("").strip();
    return bare.replaceAll(" {2,}", " ");
  }

  private Ruleset read(JsonNode entries) {
    List<Chain> chains = new ArrayList<>();
    Map<String, List<Rule>> rules = new LinkedHashMap<>();
    for (JsonNode entry : entries) {
      if (entry.has("chain")) {
        Chain chain = chain(entry.get("chain"), rules);
        chains.add(chain);
      } else if (entry.has("rule")) {
        JsonNode rule = entry.get("rule");
        rules.computeIfAbsent(place(rule, "chain"), key -> new ArrayList<>()).add(rule(rule));
      }
    }
    return new Ruleset(List.copyOf(chains));
  }

  private static String place(JsonNode node, String chain) {
    return String.join(
        " ", node.path("family").asText(), node.path("table").asText(), node.path(chain).asText());
  }

  private static Chain chain(JsonNode node, Map<String, List<Rule>> rules) {
    return new Chain(
        node.path("family").asText(),
        node.path("table").asText(),
        node.path("name").asText(),
        node.path("type").asText(),
        node.path("hook").asText(),
        node.path("prio").asInt(),
        node.path("policy").asText(),
        rules.computeIfAbsent(place(node, "name"), key -> new ArrayList<>()));
  }

  private Rule rule(JsonNode node) {
    int handle = node.path("handle").asInt();
    JsonNode expressions = node.path("expr");
    String text = words.getOrDefault(place(node, "chain") + " " + handle, expressions.toString());
    Counter counter = null;
    String verdict = "";
    String target = "";
    for (JsonNode expression : expressions) {
      String kind = expression.fieldNames().next();
      if (kind.equals("counter") && expression.get(kind).has("packets")) {
        counter = counter(expression.get(kind));
      } else if (kind.equals("xt") && expression.get(kind).path("type").asText().equals("target")) {
        verdict = verdict(expression.get(kind).path("name").asText());
      } else if (VERDICTS.contains(kind)) {
        verdict = kind;
        target = expression.get(kind).path("target").asText();
      }
    }
    return new Rule(handle, text, node.path("comment").asText(), counter, verdict, target);
  }

  /** Of iptables' targets, such as MASQUERADE; empty for one that is no verdict, such as LOG. */
  private static String verdict(String xtTarget) {
    String lower = xtTarget.toLowerCase(Locale.ROOT);
    return VERDICTS.contains(lower) ? lower : "";
  }

  private static Counter counter(JsonNode node) {
    return new Counter(node.path("packets").asLong(), node.path("bytes").asLong());
  }
}
