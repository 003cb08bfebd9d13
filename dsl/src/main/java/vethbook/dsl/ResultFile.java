package vethbook.dsl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import vethbook.linux.ExperimentException;
import vethbook.measure.Results;

/** Results in a file: JSON with everything, or CSV with a line for each run. */
final class ResultFile {
  private static final String CSV = ".csv";
  private static final String ZIPPED = ".gz";

  private ResultFile() {}

  /** The format is that of the file's name; half a file is never left. */
  static void save(Results results, Path file) {
    String text = file.toString().endsWith(CSV) ? results.toCsv() : results.toJson();
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure("save results to", file, e);
    }
  }

  static Results load(Path file) {
    if (file.toString().endsWith(CSV)) {
      throw new ExperimentException(
          "Cannot load results from " + file,
          "vethbook",
          "CSV has the runs only, not what is needed to judge them",
          "save 'results.json' keeps everything",
          null);
    }
    try {
      return Results.fromJson(
          file.toString().endsWith(ZIPPED) ? unzipped(file) : Files.readString(file));
    } catch (IOException e) {
      throw failure("load results from", file, e);
    }
  }

  /** What reports attach. */
  private static String unzipped(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
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
