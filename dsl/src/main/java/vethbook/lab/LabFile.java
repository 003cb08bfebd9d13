package vethbook.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
  }

  void write(Collection<Netns> namespaces) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("title", title);
    content.put("started", started.toString());
    Map<String, Integer> fds = new LinkedHashMap<>();
    namespaces.forEach(netns -> fds.put(netns.name(), netns.handle().fd()));
    content.put("namespaces", fds);
    try {
      Files.write(Path.of("/proc/self/fd/" + fd), JSON.writeValueAsBytes(content));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the lab's own description", e);
    }
  }

  /** The labs of all processes that this user may look into. */
  static List<RunningLab> all() {
    List<RunningLab> labs = new ArrayList<>();
    File[] processes = new File("/proc").listFiles((proc, name) -> name.matches("\\d+"));
    for (File process : processes == null ? new File[0] : processes) {
      find(process.toPath().resolve("fd"))
          .flatMap(file -> read(Long.parseLong(process.getName()), file))
          .ifPresent(labs::add);
    }
    return labs;
  }

  private static Optional<Path> find(Path descriptors) {
    try (Stream<Path> files = Files.list(descriptors)) {
      return files.filter(LabFile::isLabFile).findFirst();
    } catch (IOException e) {
      return Optional.empty(); // another user's process, or one that has just ended
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
      JsonNode content = JSON.readTree(Files.readAllBytes(file));
      Map<String, Integer> namespaces = new LinkedHashMap<>();
      content
          .path("namespaces")
          .properties()
          .forEach(entry -> namespaces.put(entry.getKey(), entry.getValue().asInt()));
      return content.hasNonNull("started")
          ? Optional.of(
              new RunningLab(
                  pid,
                  content.path("title").asText(),
                  Instant.parse(content.path("started").asText()),
                  namespaces))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // being written, or its process has just ended
    }
  }

  @Override
  public void close() {
    Call.close(fd);
  }
}
