package vethbook.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Errno;

/** Folders that tools work in, which go with what made them. */
public final class Folders {
  private Folders() {}

  /** A new folder for what this purpose says: {@code capture}. */
  public static Path make(String purpose) {
    try {
      return Files.createTempDirectory("vethbook-" + purpose + "-");
    } catch (IOException e) {
      throw new ExperimentException(
          "Cannot make a folder for a " + purpose, "linux", Errno.in(e), null, e);
    }
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
