package vethbook.extension.doc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A documentation comment as text for people.
 *
 * @param paragraphs what it says, the first sentence first
 * @param options the items of its lists, by the name in code before the colon
 * @param examples its {@code <pre>} blocks
 * @param returns what the method returns; empty when not said
 * @param failures what it throws, and when
 * @param sources its {@code @see} texts, without quotes
 */
public record Doc(
    List<String> paragraphs,
    Map<String, String> options,
    List<String> examples,
    String returns,
    List<String> failures,
    List<String> sources) {
  public static final Doc NONE = new Doc(List.of(), Map.of(), List.of(), "", List.of(), List.of());

  private static final Pattern BLOCK =
      Pattern.compile("<pre>\\s*(?:\\{@code)?\\s?\\n?(.*?)\\}?\\s*</pre>", Pattern.DOTALL);
  private static final Pattern LIST = Pattern.compile("<ul>(.*?)</ul>", Pattern.DOTALL);
  private static final Pattern ITEM =
      Pattern.compile("\\{@code ([\\w\\s,]+)\\}\\s*:\\s*(.*)", Pattern.DOTALL);
  private static final Pattern PROSE =
      Pattern.compile("Options(?:[^:<]{0,60})?:(.*?)(?:<p>|<ul>|$)", Pattern.DOTALL);
  private static final Pattern IN_PROSE =
      Pattern.compile("\\{@code (\\w+)\\}\\s*\\(((?:[^()]|\\([^()]*\\))*)\\)");
  private static final Pattern TAG = Pattern.compile("(?m)^\\s*@(\\w+)\\s+");
  private static final Pattern COMMAND =
      Pattern.compile(
          "\\{@code\\s+((?:ip|tc|nft|sysctl|ethtool|bridge|lsns|echo|nsenter)\\s[^}]*)\\}");

  /** Reads a comment as it stands in the source, without its stars. */
  static Doc of(String comment) {
    Matcher tag = TAG.matcher(comment);
    int end = tag.find() ? tag.start() : comment.length();
    String body = comment.substring(0, end);
    List<String> examples = new ArrayList<>();
    body =
        BLOCK
            .matcher(body)
            .replaceAll(
                block -> {
                  examples.add(block.group(1).stripIndent().strip());
                  return "<p>";
                });
    Map<String, String> options = new LinkedHashMap<>();
    PROSE.matcher(body).results().forEach(each -> addProse(options, each.group(1)));
    body =
        LIST.matcher(body)
            .replaceAll(
                list -> {
                  addItems(options, list.group(1));
                  return "<p>";
                });
    List<String> paragraphs = new ArrayList<>();
    for (String paragraph : body.split("<p>")) {
      if (!paragraph.isBlank()) {
        paragraphs.add(text(paragraph));
      }
    }
    StringBuilder returns = new StringBuilder();
    List<String> failures = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    while (end < comment.length()) {
      String name = tag.group(1);
      int start = tag.end();
      end = tag.find() ? tag.start() : comment.length();
      String text = text(comment.substring(start, end));
      switch (name) {
        case "return" -> returns.append(text);
        case "throws" -> failures.add(text.replaceFirst("^[\\w.]*\\.(\\w+)", "$1"));
        case "see" -> sources.add(text.replaceAll("^\"|\"$", ""));
        default -> {}
      }
    }
    return new Doc(paragraphs, options, examples, returns.toString(), failures, sources);
  }

  /** Options in a sentence, each with what it is in parentheses behind it. */
  private static void addProse(Map<String, String> options, String prose) {
    IN_PROSE
        .matcher(prose)
        .results()
        .forEach(each -> options.put(each.group(1), text(each.group(2))));
  }

  private static void addItems(Map<String, String> options, String list) {
    for (String item : list.split("<li>")) {
      Matcher named = ITEM.matcher(item.strip());
      if (named.matches()) {
        for (String name : named.group(1).split(",\\s*")) {
          options.put(name.replaceAll("\\s+", " ").strip(), text(named.group(2)));
        }
      }
    }
  }

  /** Without tags, in one line. */
  private static String text(String comment) {
    return comment
        .replaceAll("\\{@(?:code|literal)\\s+([^{}]*)\\}", "$1")
        .replaceAll("\\{@link(?:plain)?\\s+[^\\s}]+\\s+([^}]*)\\}", "$1")
        .replaceAll("\\{@link(?:plain)?\\s+(?:[\\w.]*\\.)?([^}]*)\\}", "$1")
        .replaceAll("</?\\w+>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** Its first sentence. */
  public String summary() {
    if (paragraphs.isEmpty()) {
      return "";
    }
    String first = paragraphs.get(0);
    Matcher stop = Pattern.compile("[.](\\s|$)").matcher(first);
    while (stop.find()) {
      boolean isDots = stop.start() > 0 && first.charAt(stop.start() - 1) == '.';
      if (!isDots) {
        return first.substring(0, stop.start() + 1);
      }
    }
    return first;
  }

  /** The shell command that a comment names as the equal of a word; empty when it names none. */
  static Optional<String> command(String comment) {
    Matcher found = COMMAND.matcher(comment);
    return found.find()
        ? Optional.of(found.group(1).replaceAll("\\s+", " ").strip())
        : Optional.empty();
  }
}
