package vethbook.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import vethbook.linux.libc.FileLock;

/**
 * The host changes of one lab, a line each; the first line says since which start of the machine.
 * The lab that writes it holds it locked; a file that nobody has locked is of a lab that is gone.
 */
final class JournalFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Random RANDOM = new Random();
  private static final String SUFFIX = ".changes";

  private final Path path;
  private final boolean isLeft;
  private final Map<Entry, String> lines;

  private JournalFile(Path path, boolean isLeft, Map<Entry, String> lines) {
    this.path = path;
    this.isLeft = isLeft;
    this.lines = lines;
  }

  /**
   * One change.
   *
   * @param order counts the changes of all labs
   */
  record Entry(long order, HostChange change) {}

  boolean isOf(Path file) {
    return path.equals(file);
  }

  /** A new one in the folder. */
  static Path create(Path folder) throws IOException {
    String name = ProcessHandle.current().pid() + "-" + Integer.toHexString(RANDOM.nextInt());
    Path made = Files.createFile(folder.resolve(name + SUFFIX));
    return append(made, JSON.writeValueAsString(Map.of("boot", boot())));
  }

  /** Whether the folder has none; quick, because it needs no lock. */
  static boolean isNone(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.noneMatch(path -> path.toString().endsWith(SUFFIX));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder, e);
    }
  }

  /** All in the folder, which the caller has locked. */
  static List<JournalFile> all(Path folder) throws IOException {
    List<JournalFile> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
        Optional<FileLock> free = Files.isWritable(file) ? FileLock.ifFree(file) : Optional.empty();
        free.ifPresent(FileLock::close);
        found.add(new JournalFile(file, free.isPresent(), read(file)));
      }
    }
    return found;
  }

  /** The changes, each with its line. */
  private static Map<Entry, String> read(Path file) throws IOException {
    Map<Entry, String> lines = new LinkedHashMap<>();
    boolean isOfThisStart = true;
    for (String line : Files.readAllLines(file)) {
      Optional<JsonNode> content = parse(line);
      if (content.isPresent() && content.get().has("boot")) {
        isOfThisStart = content.get().get("boot").asText().equals(boot());
      } else if (content.isPresent()) {
        lines.put(entry(content.get()), line);
      }
    }
    if (!isOfThisStart) { // the start has reset all values; files of names may have stayed
      lines.keySet().removeIf(entry -> !entry.change().isName());
    }
    return lines;
  }

  /** A last line cut off by a crash describes a change that was not made. */
  private static Optional<JsonNode> parse(String line) {
    try {
      return Optional.of(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Entry entry(JsonNode content) {
    try {
      return JSON.treeToValue(content, Entry.class);
    } catch (JsonProcessingException e) {
      return new Entry(content.path("order").asLong(), HostChange.unknown(content.toString()));
    }
  }

  private static String boot() throws IOException {
    return Files.readAllLines(Path.of("/proc/sys/kernel/random/boot_id")).get(0);
  }

  static void append(Path file, Entry entry) throws IOException {
    append(file, JSON.writeValueAsString(entry));
  }

  private static Path append(Path file, String line) throws IOException {
    return Files.writeString(file, line + "\n", StandardOpenOption.APPEND, StandardOpenOption.SYNC);
  }

  /** The changes in a file, in the order in which they were made. */
  static List<HostChange> changes(Path file) throws IOException {
    return read(file).keySet().stream().map(Entry::change).toList();
  }

  /** Cuts a file off after so many bytes, but not its first line. */
  static void shorten(Path file, long length) throws IOException {
    long first = Files.readAllLines(file).get(0).length() + 1L;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(Math.max(first, length));
    }
  }

  /** True when its lab is gone. */
  boolean isLeft() {
    return isLeft;
  }

  List<Entry> entries() {
    return List.copyOf(lines.keySet());
  }

  /** Keeps only these; the file goes with the last one. */
  void keep(List<Entry> remaining) throws IOException {
    if (remaining.isEmpty()) {
      Files.delete(path);
    } else if (remaining.size() < lines.size()) {
      Path changed = Files.writeString(path.resolveSibling("changed"), "");
      append(changed, JSON.writeValueAsString(Map.of("boot", boot())));
      for (Entry entry : remaining) {
        append(changed, Objects.requireNonNull(lines.get(entry)));
      }
      Files.move(changed, path, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
