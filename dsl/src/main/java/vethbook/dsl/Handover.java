package vethbook.dsl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import vethbook.measure.Results;

/**
 * The folder through which a session and the guest that runs one of its experiments tell each other
 * results: of each experiment the journal of its runs and, once it has ended, all of it.
 *
 * <p>Both number the experiments of a title in the order in which the session's cells run them.
 */
final class Handover {
  /** The system property that names the folder in a guest. */
  static final String FOLDER = "vethbook.handover";

  /** The property that names the Linux whose settings are to be measured there. */
  static final String LINUX = "vethbook.handover.linux";

  private final Path folder;
  private final Map<String, Integer> begun = new HashMap<>();

  Handover(Path folder) {
    this.folder = folder;
  }

  /** In a guest that was started for one experiment; empty elsewhere. */
  static Optional<Handover> here() {
    return Optional.ofNullable(System.getProperty(FOLDER)).map(text -> new Handover(Path.of(text)));
  }

  /** The journal of the next experiment of this title. */
  Path next(String title) {
    return JournalFolder.file(folder, title, begun.merge(title, 1, Integer::sum));
  }

  /** Writes down what an experiment found, beside its journal. */
  static void end(Path journal, Results results, String tests) {
    try {
      Files.writeString(tests(journal), tests);
      Path fresh = Files.writeString(whole(journal, ".new"), results.toJson());
      Files.move(fresh, whole(journal, ""), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot hand over results", e);
    }
  }

  /** What it found, once it has ended. */
  static Optional<Results> ended(Path journal) {
    Path whole = whole(journal, "");
    return Files.exists(whole) ? Optional.of(ResultFile.load(whole)) : Optional.empty();
  }

  /** Which tests it ran, such as TCP_RR. */
  static String testsOf(Path journal) {
    try {
      return Files.readString(tests(journal));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot take over results", e);
    }
  }

  private static Path whole(Path journal, String suffix) {
    return journal.resolveSibling(journal.getFileName() + ".json" + suffix);
  }

  private static Path tests(Path journal) {
    return journal.resolveSibling(journal.getFileName() + ".tests");
  }
}
