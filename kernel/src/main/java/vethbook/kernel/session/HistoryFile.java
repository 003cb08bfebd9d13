package vethbook.kernel.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import vethbook.kernel.protocol.Json;

/**
 * The cells of all sessions in one file, a JSON object a line, that only its owner may read.
 * Several kernels may add to it at the same time.
 */
final class HistoryFile {
  private static final long MOST_BYTES = 4L << 20;
  private static final int KEPT_WHEN_FULL = 2_000;
  private static final int NO_CELL = 0;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path file;

  HistoryFile(Path file) {
    this.file = file;
  }

  /** The user's: below XDG_DATA_HOME, else below {@code ~/.local/share}. */
  static HistoryFile ofUser() {
    String data = System.getenv("XDG_DATA_HOME");
    Path folder =
        data != null && data.startsWith("/")
            ? Path.of(data)
            : Path.of(System.getProperty("user.home"), ".local/share");
    return new HistoryFile(folder.resolve("vethbook/history.jsonl"));
  }

  Path path() {
    return file;
  }

  /**
   * What was there when a session began.
   *
   * @param session the new session's number: one more than any before
   * @param cells those of earlier sessions, oldest first
   */
  record Past(int session, List<History.Entry> cells) {}

  /**
   * Begins a session: gives it a number, and drops the oldest cells when the file has become large.
   *
   * @throws IOException if the file cannot be read or written
   */
  Past begin() throws IOException {
    makeFolder();
    try (FileChannel channel = open();
        FileLock alone = channel.lock()) {
      List<History.Entry> all = read();
      if (channel.size() > MOST_BYTES && alone.isValid()) {
        all = all.subList(Math.max(0, all.size() - KEPT_WHEN_FULL), all.size());
        replace(all);
      }
      int session = 1 + all.stream().mapToInt(History.Entry::session).max().orElse(0);
      append(new History.Entry(session, NO_CELL, "", ""));
      return new Past(session, all.stream().filter(cell -> cell.number() != NO_CELL).toList());
    }
  }

  /**
   * Adds a cell.
   *
   * @throws IOException if that cannot be done
   */
  void add(History.Entry entry) throws IOException {
    makeFolder();
    append(entry);
  }

  private void makeFolder() throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder.getParent());
      Files.createDirectory(folder, OWNER_ONLY_FOLDER);
    }
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), OWNER_ONLY);
  }

  /** One write for one line: those of other kernels do not get in between (O_APPEND). */
  private void append(History.Entry entry) throws IOException {
    try (FileChannel channel = open()) {
      channel.write(ByteBuffer.wrap(line(entry)));
    }
  }

  /** The lines that can be understood. */
  private List<History.Entry> read() throws IOException {
    List<History.Entry> entries = new ArrayList<>();
    for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
      Json.parse(line).map(HistoryFile::entry).ifPresent(entries::add);
    }
    return entries;
  }

  private void replace(List<History.Entry> kept) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    kept.forEach(entry -> lines.writeBytes(line(entry)));
    Path draft =
        Files.createTempFile(file.toAbsolutePath().getParent(), "history", ".tmp", OWNER_ONLY);
    Files.write(draft, lines.toByteArray());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] line(History.Entry entry) {
    ObjectNode json =
        Json.object()
            .put("session", entry.session())
            .put("number", entry.number())
            .put("code", entry.code())
            .put("output", entry.output());
    return (json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static History.Entry entry(ObjectNode json) {
    return new History.Entry(
        json.path("session").asInt(),
        json.path("number").asInt(),
        json.path("code").asText(""),
        json.path("output").asText(""));
  }
}
