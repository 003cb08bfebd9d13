package vethbook.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vethbook.linux.ExperimentException;

/**
 * What this process has changed that would outlive it, written down before it is changed: one file
 * a process, one line a change, with the old value. It is undone when the lab closes, by the next
 * {@code vethbook} that starts a lab, or by {@code vethbook clean}.
 *
 * <p>The files lie in {@code /run/vethbook}, which a restart of the machine empties just as it
 * resets what they describe; without root in {@code $XDG_RUNTIME_DIR/vethbook}.
 */
public final class HostJournal {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = ".journal";

  private final Path file;

  private HostJournal(Path file) {
    this.file = file;
  }

  /** The journal of this process. */
  static HostJournal own() {
    ProcessHandle self = ProcessHandle.current();
    return new HostJournal(folder().resolve(name(self) + SUFFIX));
  }

  private static Path folder() {
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    Path machine = Path.of("/run/vethbook");
    return Files.isWritable(machine.getParent()) || runtime == null
        ? machine
        : Path.of(runtime, "vethbook");
  }

  /** Process ids are used again; together with the start time they are not. */
  private static String name(ProcessHandle process) {
    long started = process.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
    return process.pid() + "-" + started;
  }

  /** Writes down a change that is about to be made. */
  synchronized void before(HostChange change) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          JSON.writeValueAsString(change) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new ExperimentException(
          "Cannot write down what the host had before",
          "linux",
          String.valueOf(e.getMessage()),
          "a change to the host needs a writable " + file.getParent(),
          e);
    }
  }

  /**
   * Undoes all changes of this process, last first.
   *
   * @return what was undone, as text
   * @throws ExperimentException when one could not be; the others are undone all the same
   */
  synchronized List<String> undo() {
    List<HostChange> changes = read();
    Collections.reverse(changes);
    List<String> undone = new ArrayList<>();
    ExperimentException failure = null;
    for (HostChange change : changes) {
      try {
        change.undo();
        undone.add(change.text());
      } catch (ExperimentException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    delete();
    return undone;
  }

  private List<HostChange> read() {
    List<HostChange> changes = new ArrayList<>();
    try {
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        parse(line).ifPresent(changes::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
    return changes;
  }

  /** A last line cut off by a crash describes a change that was not made. */
  private static Optional<HostChange> parse(String line) {
    try {
      return Optional.of(JSON.readValue(line, HostChange.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + file, e);
    }
  }

  /** Undoes what processes that are gone have left; returns what was undone. */
  public static List<String> cleanUp() {
    List<String> undone = new ArrayList<>();
    for (Path file : journals()) {
      String owner = file.getFileName().toString().replace(SUFFIX, "");
      long pid = Long.parseLong(owner.substring(0, owner.indexOf('-')));
      boolean alive =
          ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(HostJournal::name).stream()
              .anyMatch(owner::equals);
      if (!alive) {
        undone.addAll(new HostJournal(file).undo());
      }
    }
    return undone;
  }

  private static List<Path> journals() {
    if (!Files.isDirectory(folder())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d+-\\d+\\" + SUFFIX))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder(), e);
    }
  }
}
