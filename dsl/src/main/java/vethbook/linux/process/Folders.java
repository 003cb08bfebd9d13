package vethbook.linux.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Errno;

/**
 * Folders below the temporary one that programs work in. They go with what made them; a name says
 * which process that is, so that the folders of one that was killed are found.
 */
public final class Folders {
  private static final Pattern NAME = Pattern.compile("vethbook-[a-z]+-(\\d+)-(\\d+)-(\\d+)-\\d+");

  private Folders() {}

  /** A new folder for what this purpose says in one lower-case word: {@code capture}. */
  public static Path make(String purpose) {
    try {
      return Files.createTempDirectory("vethbook-" + purpose + "-" + Strays.nameOfThis() + "-");
    } catch (IOException e) {
      throw new ExperimentException(
          "Cannot make a folder for a " + purpose, "linux", Errno.in(e), null, e);
    }
  }

  /**
   * Deletes those of processes that are gone.
   *
   * @return what was deleted, as text
   */
  public static List<String> deleteOrphans() {
    return deleteOrphansIn(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static List<String> deleteOrphansIn(Path temporary) {
    List<String> deleted = new ArrayList<>();
    try (Stream<Path> folders = Files.list(temporary)) {
      for (Path folder : folders.filter(Folders::isOrphan).toList()) {
        try {
          delete(folder);
          deleted.add("deleted folder " + folder);
        } catch (UncheckedIOException e) {
          // it stays if another process, which does the same now, does not delete the rest of it
          deleted.add("deleted a part of folder " + folder + ": " + Errno.in(e.getCause()));
        }
      }
    } catch (IOException e) {
      throw new ExperimentException(
          "Cannot look for old folders in " + temporary, "linux", Errno.in(e), null, e);
    }
    return deleted;
  }

  /** Those of other users are theirs to delete, or root's. */
  private static boolean isOrphan(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    return name.matches()
        && Files.isWritable(folder)
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Strays.isGone(name.group(1), name.group(2), name.group(3));
  }

  /** Deletes it with all that is in it; nothing happens when it is gone. */
  public static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
