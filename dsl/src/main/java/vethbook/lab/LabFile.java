package vethbook.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  private final int fd = Call.memoryFile(NAME);
  private final String title;
  private final Instant started = Instant.now();

  LabFile(String title) {
    this.title = title;
    writeTitle();
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
      Files.write(path(), new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the lab's own description", e);
    }
    writeTitle();
  }

  private void append(Map<String, Object> line) {
    try {
      Files.writeString(path(), JSON.writeValueAsString(line) + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the lab's own description", e);
    }
  }

  private Path path() {
    return Path.of("/proc/self/fd/" + fd);
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
    Call.close(fd);
  }
}
