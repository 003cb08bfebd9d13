package vethbook.kernel.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import vethbook.kernel.protocol.Json;

/**
 * The cells of this session and of earlier ones, for a console's arrow keys and searches. The file
 * is read and written by a thread of its own: no cell waits for a disk.
 */
final class History implements AutoCloseable {
  private static final int MOST = 10_000;
  private static final int MOST_OUTPUT_CHARACTERS = 10_000;

  /**
   * One cell.
   *
   * @param session counts the kernels that ever kept a history, from 1
   * @param output the text of its result; empty when it had none
   */
  record Entry(int session, int number, String code, String output) {}

  private final HistoryFile file;
  private final ExecutorService disk =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "history");
            thread.setDaemon(true);
            return thread;
          });
  private final Deque<Entry> entries = new ArrayDeque<>();
  // all only touched by the disk's thread, or after a wait for it
  private int session = 1;
  private boolean isLoaded;
  private boolean isFileBad;

  History(HistoryFile file) {
    this.file = file;
  }

  /** At the first use: a kernel's start does not wait for it. */
  private void load() {
    if (isLoaded) {
      return;
    }
    isLoaded = true;
    try {
      HistoryFile.Past past = file.begin();
      past.cells().forEach(this::keep);
      session = past.session();
    } catch (IOException e) {
      giveUpFile(e);
    }
  }

  private synchronized void keep(Entry entry) {
    entries.add(entry);
    if (entries.size() > MOST) {
      entries.remove();
    }
  }

  void add(int number, String code, String output) {
    String kept = output.substring(0, Math.min(output.length(), MOST_OUTPUT_CHARACTERS));
    disk.execute(() -> store(number, code, kept));
  }

  private void store(int number, String code, String output) {
    load();
    Entry entry = new Entry(session, number, code, output);
    keep(entry);
    if (!isFileBad) {
      try {
        file.add(entry);
      } catch (IOException e) {
        giveUpFile(e);
      }
    }
  }

  /** Without a file there is still the history of this session. */
  private void giveUpFile(IOException problem) {
    isFileBad = true;
    KernelServer.log("the history is not kept in " + file.path() + ": " + problem);
  }

  /** The content of a {@code history_reply}: the tail, a range, or a search by glob pattern. */
  ObjectNode reply(ObjectNode asked) {
    List<Entry> found;
    switch (asked.path("hist_access_type").asText("tail")) {
      case "range" -> found = range(asked);
      case "search" -> found = last(search(asked), asked);
      default -> found = last(all(), asked);
    }
    boolean withOutput = asked.path("output").asBoolean(false);
    ObjectNode content = KernelServer.ok();
    ArrayNode rows = content.putArray("history");
    for (Entry entry : found) {
      ArrayNode row = rows.addArray().add(entry.session()).add(entry.number());
      if (withOutput) {
        row.add(Json.tree(List.of(entry.code(), entry.output())));
      } else {
        row.add(entry.code());
      }
    }
    return content;
  }

  /** All cells, those included that were run just now. */
  private List<Entry> all() {
    awaitDisk();
    synchronized (this) {
      return List.copyOf(entries);
    }
  }

  private static List<Entry> last(Collection<Entry> found, ObjectNode asked) {
    List<Entry> all = List.copyOf(found);
    int most = asked.path("n").canConvertToInt() ? asked.path("n").asInt() : MOST;
    return all.subList(Math.max(0, all.size() - Math.max(0, most)), all.size());
  }

  /** Session 0 is this one, -1 the one before. */
  private List<Entry> range(ObjectNode asked) {
    List<Entry> all = all();
    int wanted = asked.path("session").asInt(0);
    int chosen = wanted > 0 ? wanted : session + wanted;
    int start = asked.path("start").asInt(1);
    int stop =
        asked.path("stop").canConvertToInt() ? asked.path("stop").asInt() : Integer.MAX_VALUE;
    return all.stream()
        .filter(e -> e.session() == chosen && e.number() >= start && e.number() < stop)
        .toList();
  }

  private Collection<Entry> search(ObjectNode asked) {
    Pattern pattern = glob(asked.path("pattern").asText("*"));
    List<Entry> found =
        all().stream().filter(entry -> pattern.matcher(entry.code()).matches()).toList();
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

  private void awaitDisk() {
    try {
      disk.submit(this::load).get(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      KernelServer.log("the history is slow: " + e);
    }
  }

  /** Waits until what was run is written. */
  @Override
  public void close() {
    disk.shutdown();
    try {
      if (!disk.awaitTermination(2, TimeUnit.SECONDS)) {
        KernelServer.log("the last cells are not in " + file.path() + ": the disk is too slow");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
