package vethbook.dsl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import vethbook.linux.ExperimentException;
import vethbook.measure.Results;

/** Results in a file: JSON with everything, or CSV with a line for each run; either also zipped. */
final class ResultFile {
  private static final String CSV = ".csv";
  private static final String ZIPPED = ".gz";

  private ResultFile() {}

  /** The format is that of the file's name; half a file is never left. */
  static void save(Results results, Path file) {
    String name = file.toString();
    boolean csv = name.endsWith(CSV) || name.endsWith(CSV + ZIPPED);
    String text = csv ? results.toCsv() : results.toJson();
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      if (name.endsWith(ZIPPED)) {
        Files.write(fresh, NotebookResults.packed(text));
      } else {
        Files.writeString(fresh, text);
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure("save results to", file, e);
    }
  }

  static Results load(Path file) {
    String name = file.toString();
    if (name.endsWith(CSV) || name.endsWith(CSV + ZIPPED)) {
      throw new ExperimentException(
          "Cannot load results from " + file,
          "vethbook",
          "CSV has the runs only, not what is needed to judge them",
          "save 'results.json' keeps everything",
          null);
    }
    try {
      return Results.fromJson(
          name.endsWith(ZIPPED)
              ? NotebookResults.unpacked(Files.readAllBytes(file))
              : Files.readString(file));
    } catch (IOException e) {
      throw failure("load results from", file, e);
    }
  }

  private static ExperimentException failure(String what, Path file, IOException e) {
    String answer =
        e instanceof NoSuchFileException missing
            ? "there is no " + missing.getFile()
            : String.valueOf(e.getMessage());
    return new ExperimentException(
        "Cannot %s %s".formatted(what, file),
        "linux",
        answer,
        file.isAbsolute() ? null : "the working directory is " + Path.of("").toAbsolutePath(),
        e);
  }
}
