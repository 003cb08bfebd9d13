package vethbook.kernel.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import vethbook.kernel.protocol.Json;

/** The cells of this session, for a console's arrow keys and searches. Thread-safe. */
final class History {
  private static final int MOST = 10_000;

  /**
   * One cell.
   *
   * @param output the text of its result; empty when it had none
   */
  private record Entry(int number, String code, String output) {}

  private final Deque<Entry> entries = new ArrayDeque<>();

  synchronized void add(int number, String code, String output) {
    entries.add(new Entry(number, code, output));
    if (entries.size() > MOST) {
      entries.remove();
    }
  }

  /** The content of a {@code history_reply}: the tail, a range, or a search by glob pattern. */
  synchronized ObjectNode reply(ObjectNode asked) {
    List<Entry> found =
        switch (asked.path("hist_access_type").asText("tail")) {
          case "range" ->
              range(asked.path("start").asInt(1), asked.path("stop").asInt(Integer.MAX_VALUE));
          case "search" -> search(asked);
          default -> List.copyOf(entries);
        };
    int most = Math.max(0, asked.path("n").asInt(MOST));
    boolean withOutput = asked.path("output").asBoolean(false);
    ObjectNode content = KernelServer.ok();
    ArrayNode rows = content.putArray("history");
    for (Entry entry : found.subList(Math.max(0, found.size() - most), found.size())) {
      ArrayNode row = rows.addArray().add(0).add(entry.number());
      if (withOutput) {
        row.add(Json.tree(List.of(entry.code(), entry.output())));
      } else {
        row.add(entry.code());
      }
    }
    return content;
  }

  private List<Entry> range(int start, int stop) {
    return entries.stream().filter(e -> e.number() >= start && e.number() < stop).toList();
  }

  private List<Entry> search(ObjectNode asked) {
    Pattern pattern = glob(asked.path("pattern").asText("*"));
    List<Entry> found =
        entries.stream().filter(entry -> pattern.matcher(entry.code()).matches()).toList();
    if (!asked.path("unique").asBoolean(false)) {
      return found;
    }
    Map<String, Entry> newest = new LinkedHashMap<>();
    for (Entry entry : found) {
      newest.remove(entry.code());
      newest.put(entry.code(), entry);
    }
    return new ArrayList<>(newest.values());
  }

  private static Pattern glob(String text) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(pattern.toString(), Pattern.DOTALL);
  }
}
