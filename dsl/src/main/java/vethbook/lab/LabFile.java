package vethbook.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import vethbook.linux.libc.Call;

/**
 * What a lab tells other processes about itself: a file in memory that is reached through {@code
 * /proc/PID/fd}, so that it is gone with the process, whatever happens to it.
 */
final class LabFile implements AutoCloseable {
  private static final String NAME = "vethbook-lab";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String title;
  private final Instant started = Instant.now();
  private final FileChannel lines;

  LabFile(String title) {
    this.title = title;
    lines = open(Call.memoryFile(NAME));
    writeTitle();
  }

  /** Open once: others that look for labs should find one file. */
  private static FileChannel open(int fd) {
    try {
      return FileChannel.open(Path.of("/proc/self/fd/" + fd), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unwritten(e);
    } finally {
      Call.close(fd);
    }
  }

  private void writeTitle() {
    append(Map.of("title", title, "started", started.toString()));
  }

  /** Adds a namespace: one line each, so that a thousand cost no more than a thousand lines. */
  synchronized void add(Netns netns) {
    append(Map.of("name", netns.name(), "fd", netns.handle().fd()));
  }

  /** Forgets all namespaces. */
  synchronized void clear() {
    try {
      lines.truncate(0);
    } catch (IOException e) {
      throw unwritten(e);
    }
    writeTitle();
  }

  private void append(Map<String, Object> line) {
    try {
      String text = JSON.writeValueAsString(line) + "\n";
      lines.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private static UncheckedIOException unwritten(IOException cause) {
    return new UncheckedIOException("Cannot write the lab's own description", cause);
  }

  /** The labs of all processes that this user may look into. */
  static List<RunningLab> all() {
    List<RunningLab> labs = new ArrayList<>();
    File[] processes = new File("/proc").listFiles((proc, name) -> name.matches("\\d+"));
    for (File process : processes == null ? new File[0] : processes) {
      for (Path file : find(process.toPath().resolve("fd"))) {
        read(Long.parseLong(process.getName()), file).ifPresent(labs::add);
      }
    }
    return labs;
  }

  private static List<Path> find(Path descriptors) {
    try (Stream<Path> files = Files.list(descriptors)) {
      return files.filter(LabFile::isLabFile).toList();
    } catch (IOException e) {
      return List.of(); // another user's process, or one that has just ended
    }
  }

  private static boolean isLabFile(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("/memfd:" + NAME + " ");
    } catch (IOException e) {
      return false; // closed since it was listed
    }
  }

  private static Optional<RunningLab> read(long pid, Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty()) {
        return Optional.empty(); // being cleared
      }
      JsonNode head = JSON.readTree(lines.get(0));
      Map<String, Integer> namespaces = new LinkedHashMap<>();
      for (String line : lines.subList(1, lines.size())) {
        JsonNode netns = JSON.readTree(line);
        namespaces.put(netns.path("name").asText(), netns.path("fd").asInt());
      }
      return Optional.of(
          new RunningLab(
              pid,
              head.path("title").asText(),
              Instant.parse(head.path("started").asText()),
              namespaces));
    } catch (IOException e) {
      return Optional.empty(); // being written, or its process has just ended
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw unwritten(e);
    }
  }
}
