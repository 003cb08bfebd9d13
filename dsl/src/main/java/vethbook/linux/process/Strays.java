package vethbook.linux.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Programs that a tool has started and left behind, such as a daemon: the signal that ends a tool
 * with this process is not passed on to them. All that this process starts, and what those start,
 * bears a mark in its environment, by which they are found.
 */
public final class Strays {
  static final String VARIABLE = "VETHBOOK_STARTED_BY";
  private static final int START_TIME = 19;

  private Strays() {}

  /** This process: its number, when it started, and the pid namespace in which that holds. */
  static String mark() {
    return Own.MARK;
  }

  /** Read once: reading files fails on a thread that is interrupted, and it never changes. */
  private static final class Own {
    static final String MARK = mark(Path.of("/proc/self"), ProcessHandle.current().pid());
  }

  private static String mark(Path process, long pid) {
    try {
      return "%d %s %s".formatted(pid, startTime(process), pidNamespace());
    } catch (IOException e) {
      throw new IllegalStateException("/proc is not readable", e);
    }
  }

  /** In ticks since the machine started (man 5 proc, stat): no clock that is set changes it. */
  private static String startTime(Path process) throws IOException {
    String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[START_TIME];
  }

  private static String pidNamespace() throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
  }

  /**
   * Ends those of this process that are in namespaces which it drops now.
   *
   * @param drops whether the network namespace of this number is one
   */
  public static void end(LongPredicate drops) {
    String own = mark();
    for (Path process : processes()) {
      if (netns(process).filter(drops::test).isPresent()
          && started(process).filter(own::equals).isPresent()) {
        end(process);
      }
    }
  }

  /**
   * Ends those of processes that are gone.
   *
   * @return what was ended, as text
   */
  public static List<String> endOrphans() {
    List<String> ended = new ArrayList<>();
    for (Path process : processes()) {
      if (started(process).filter(Strays::isGone).isPresent()) {
        end(process);
        ended.add("ended process " + process.getFileName());
      }
    }
    return ended;
  }

  /** This process in a file's name: {@code 4711-123456-4026531836}. */
  static String nameOfThis() {
    return mark().replace(' ', '-').replaceAll("[^0-9-]", "");
  }

  /** Whether the process is gone that a name of this form tells. */
  static boolean isGone(String pid, String startTime, String pidNamespace) {
    return isGone("%s %s pid:[%s]".formatted(pid, startTime, pidNamespace));
  }

  private static boolean isGone(String mark) {
    String[] parts = mark.split(" ");
    try {
      // numbers of another pid namespace, such as a container's, say nothing here
      if (parts.length != 3 || !parts[2].equals(pidNamespace())) {
        return false;
      }
      Path starter = Path.of("/proc", parts[0]);
      return !Files.exists(starter) || !startTime(starter).equals(parts[1]);
    } catch (java.nio.file.NoSuchFileException e) {
      return true; // it ended just now
    } catch (IOException e) {
      return false; // it is there, and another user's
    }
  }

  private static List<Path> processes() {
    File[] found = new File("/proc").listFiles((proc, name) -> name.matches("\\d+"));
    List<Path> processes = new ArrayList<>();
    for (File process : found == null ? new File[0] : found) {
      if (Long.parseLong(process.getName()) != ProcessHandle.current().pid()) {
        processes.add(process.toPath());
      }
    }
    return processes;
  }

  /** The mark that a process bears; empty for others, also those that this user may not look at. */
  private static Optional<String> started(Path process) {
    try {
      String environment =
          new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
      for (String variable : environment.split("\0")) {
        if (variable.startsWith(VARIABLE + "=")) {
          return Optional.of(variable.substring(VARIABLE.length() + 1));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // another user's, or it ended just now
    }
  }

  private static Optional<Long> netns(Path process) {
    try {
      String text = Files.readSymbolicLink(process.resolve("ns/net")).toString();
      return Optional.of(Long.parseLong(text.replaceAll("\\D", "")));
    } catch (IOException e) {
      return Optional.empty(); // as above
    }
  }

  private static void end(Path process) {
    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }
}
