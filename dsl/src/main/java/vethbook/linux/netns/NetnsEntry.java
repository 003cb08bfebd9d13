package vethbook.linux.netns;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Errno;
import vethbook.linux.libc.SystemCallException;

/**
 * A network namespace of the machine, as {@code lsns -t net} lists it, with those that no process
 * is in: named ones under {@code /run/netns} (man 8 ip-netns) and those that only a file descriptor
 * holds.
 *
 * @param inode its number in {@code /proc/PID/ns/net}
 * @param pids the processes in it, in ascending order
 * @param names the files under {@code /run/netns} that it is mounted on
 * @param holders file descriptors that hold it, as {@code /proc/PID/fd/N}
 */
public record NetnsEntry(long inode, List<Long> pids, List<Path> names, List<Path> holders) {
  private static final Path NAMED = Path.of("/run/netns");
  private static final String LINK = "net:[";

  private NetnsEntry(long inode) {
    this(inode, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /**
   * All that this user may see, in the order of their numbers: without root only those of its own
   * processes, and the named ones.
   */
  public static List<NetnsEntry> all() {
    Map<Long, NetnsEntry> found = new TreeMap<>();
    for (File process : processes()) {
      sighted(process.toPath().resolve("ns/net"))
          .ifPresent(inode -> at(found, inode).pids.add(Long.parseLong(process.getName())));
      each(process.toPath().resolve("fd"), (inode, file) -> at(found, inode).holders.add(file));
    }
    if (Files.isDirectory(NAMED)) {
      named(found);
    }
    found.values().forEach(entry -> entry.pids.sort(null));
    return List.copyOf(found.values());
  }

  private static File[] processes() {
    File[] processes = new File("/proc").listFiles((proc, name) -> name.matches("\\d+"));
    return processes == null ? new File[0] : processes;
  }

  private static void named(Map<Long, NetnsEntry> found) {
    long namespaces = device(Path.of("/proc/self/ns/net"));
    try (Stream<Path> files = Files.list(NAMED)) {
      files
          .sorted()
          // a file that nothing is mounted on, left by a crash, is on another file system
          .filter(file -> device(file) == namespaces)
          .forEach(file -> at(found, inode(file)).names.add(file));
    } catch (IOException e) {
      throw new ExperimentException(
          "Cannot list " + NAMED, "linux", String.valueOf(e.getMessage()), null, e);
    }
  }

  private static NetnsEntry at(Map<Long, NetnsEntry> found, long inode) {
    return found.computeIfAbsent(inode, NetnsEntry::new);
  }

  private static void each(Path descriptors, BiConsumer<Long, Path> sighting) {
    try (Stream<Path> files = Files.list(descriptors)) {
      files.forEach(file -> sighted(file).ifPresent(inode -> sighting.accept(inode, file)));
    } catch (IOException | java.io.UncheckedIOException e) {
      return; // another user's process, or one that has just ended
    }
  }

  /** The namespace that a link of {@code /proc} names: {@code net:[4026531833]}. */
  private static Optional<Long> sighted(Path link) {
    try {
      String text = Files.readSymbolicLink(link).toString();
      return text.startsWith(LINK)
          ? Optional.of(Long.parseLong(text.substring(LINK.length(), text.length() - 1)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // as above
    }
  }

  /** The number of the namespace that a file of another process shows; empty when it is gone. */
  public static Optional<Long> inodeOf(Path file) {
    return sighted(file);
  }

  static long inode(Path namespace) {
    return attribute(namespace, "unix:ino");
  }

  private static long device(Path file) {
    return attribute(file, "unix:dev");
  }

  private static long attribute(Path file, String name) {
    try {
      return (long) Files.getAttribute(file, name);
    } catch (IOException e) {
      throw new ExperimentException(
          "Cannot look at " + file, "linux", String.valueOf(e.getMessage()), null, e);
    }
  }

  /** Where it can be opened; the way that lasts longest comes first. */
  public List<Path> paths() {
    List<Path> paths = new ArrayList<>(names);
    paths.addAll(holders);
    pids.forEach(pid -> paths.add(Path.of("/proc/" + pid + "/ns/net")));
    return paths;
  }

  /**
   * Opens it for a look or a change.
   *
   * @return empty when it is gone since it was listed
   */
  public Optional<NetnsHandle> open(String name) {
    for (Path path : paths()) {
      try {
        return Optional.of(NetnsHandle.open(path, name));
      } catch (SystemCallException e) {
        if (!e.errno().equals(Errno.ENOENT)) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  /** The namespace of this number and cookie; empty when it is gone or this user may not see it. */
  public static Optional<NetnsHandle> find(long inode, long cookie, String name) {
    Optional<NetnsHandle> handle =
        all().stream()
            .filter(entry -> entry.inode == inode)
            .findFirst()
            .flatMap(entry -> entry.open(name));
    if (handle.isPresent() && handle.get().cookie() != cookie) {
      handle.get().close(); // another one that was given the number of the one that is gone
      return Optional.empty();
    }
    return handle;
  }
}
