package vethbook.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.FileLock;

/**
 * What a lab has changed that would outlive its process, written down before it is changed: one
 * file a lab, one line a change, with the old value. It is undone when the lab closes, by the next
 * {@code vethbook} that starts a lab, or by {@code vethbook clean}.
 *
 * <p>The files lie in {@code /run/vethbook}; without root in {@code $XDG_RUNTIME_DIR/vethbook}.
 * Whoever reads or writes one has locked the folder.
 *
 * <p>Several labs may change one value, one after the other. While the last of them lives, its
 * value stays; when it is gone, the value is again what it was before the first of those that are
 * gone as well.
 */
public final class HostJournal {
  private @Nullable Path file;
  private @Nullable FileLock own;

  /** The journal of one lab. */
  HostJournal() {}

  static Path folder() {
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    Path machine = Path.of("/run/vethbook");
    return Files.isWritable(machine.getParent()) || runtime == null
        ? machine
        : Path.of(runtime, "vethbook");
  }

  /** Writes down a change that is about to be made. */
  void before(HostChange change) {
    before(List.of(change));
  }

  /** The same for several. */
  @SuppressWarnings("try") // the lock is held, not used
  synchronized void before(List<HostChange> changes) {
    try (FileLock all = FileLock.of(made(folder()))) {
      if (file == null) {
        file = JournalFile.create(folder());
        own = FileLock.of(file);
      }
      long last =
          JournalFile.all(folder()).stream()
              .flatMap(journal -> journal.entries().stream())
              .mapToLong(JournalFile.Entry::order)
              .max()
              .orElse(0);
      for (HostChange change : changes) {
        last++;
        JournalFile.append(file, new JournalFile.Entry(last, change.asOfNow()));
      }
    } catch (IOException e) {
      throw new ExperimentException(
          "Cannot write down what the host had before",
          "linux",
          String.valueOf(e.getMessage()),
          "a change to the host needs a writable " + folder(),
          e);
    }
  }

  /** Where the journal ends now, for {@link #rollBack}. */
  synchronized long mark() {
    return file == null ? 0 : file.toFile().length();
  }

  /** Forgets what was written since: it was taken back. */
  @SuppressWarnings("try") // the lock is held, not used
  synchronized void rollBack(long mark) {
    if (file != null && mark() > mark) {
      try (FileLock all = FileLock.of(folder())) {
        JournalFile.shorten(file, mark);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot shorten " + file, e);
      }
    }
  }

  /**
   * Undoes what was changed in one attached namespace while the lab goes on. It stays written down:
   * to undo it twice does no harm.
   */
  synchronized void undo(HostChange.Attached netns) {
    if (file == null) {
      return;
    }
    try (OpenNamespaces namespaces = new OpenNamespaces()) {
      Map<String, List<HostChange>> places = new LinkedHashMap<>();
      List<HostChange> lastFirst = new ArrayList<>(JournalFile.changes(file));
      Collections.reverse(lastFirst);
      lastFirst.stream()
          .filter(change -> netns.equals(change.netns()))
          .forEach(
              change ->
                  places.computeIfAbsent(change.place(), key -> new ArrayList<>()).add(change));
      places.values().forEach(changes -> HostChange.undo(changes, namespaces));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** Only its owner may lock it. */
  static Path made(Path folder) throws IOException {
    return Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /**
   * Undoes all changes of this lab, last first.
   *
   * @return what was undone, as text
   * @throws ExperimentException when one could not be; the others are undone all the same
   */
  synchronized List<String> undo() {
    if (own == null) {
      return List.of();
    }
    own.close();
    own = null;
    Path ended = file;
    file = null;
    return cleanUp(entry -> ended != null && entry.isOf(ended));
  }

  /**
   * Undoes what labs that are gone have left.
   *
   * @return what was undone, as text
   * @throws ExperimentException when something could not be; all else is undone all the same
   */
  public static List<String> cleanUp() {
    return cleanUp(entry -> true);
  }

  /**
   * Undoes what labs that are gone have left.
   *
   * @param matters whether it is an error of the caller's when this journal's changes stay
   */
  @SuppressWarnings("try") // the lock is held, not used
  private static List<String> cleanUp(Predicate<JournalFile> matters) {
    if (!Files.isWritable(folder()) || JournalFile.isNone(folder())) {
      return List.of();
    }
    try (FileLock all = FileLock.of(folder())) {
      return undo(JournalFile.all(folder()), matters);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the journals in " + folder(), e);
    }
  }

  private static List<String> undo(List<JournalFile> journals, Predicate<JournalFile> matters)
      throws IOException {
    Set<JournalFile.Entry> important =
        journals.stream()
            .filter(matters)
            .flatMap(journal -> journal.entries().stream())
            .collect(Collectors.toSet());
    Set<JournalFile.Entry> done = new HashSet<>();
    List<String> undone = new ArrayList<>();
    ExperimentException failure = null;
    try (OpenNamespaces namespaces = new OpenNamespaces()) {
      for (List<JournalFile.Entry> left : left(journals)) {
        try {
          List<HostChange> changes = left.stream().map(JournalFile.Entry::change).toList();
          undone.add(HostChange.undo(changes, namespaces));
          done.addAll(left);
        } catch (ExperimentException e) {
          if (left.stream().noneMatch(important::contains)) {
            continue; // it stays in its journal, for whoever asks for it
          }
          if (failure == null) {
            failure = e;
          } else {
            failure.addSuppressed(e);
          }
        }
      }
    }
    for (JournalFile journal : journals) {
      if (journal.isLeft()) {
        journal.keep(journal.entries().stream().filter(entry -> !done.contains(entry)).toList());
      }
    }
    if (failure != null) {
      throw failure;
    }
    return undone.stream().filter(text -> !text.isEmpty()).toList();
  }

  /**
   * The changes that can be undone, by what they change: the last ones, as far back as their labs
   * are gone; last first.
   */
  private static List<List<JournalFile.Entry>> left(List<JournalFile> journals) {
    Set<JournalFile.Entry> gone =
        journals.stream()
            .filter(JournalFile::isLeft)
            .flatMap(journal -> journal.entries().stream())
            .collect(Collectors.toSet());
    Map<String, List<JournalFile.Entry>> places =
        journals.stream()
            .flatMap(journal -> journal.entries().stream())
            .sorted(Comparator.comparingLong(JournalFile.Entry::order).reversed())
            .collect(
                Collectors.groupingBy(
                    entry -> entry.change().place(), TreeMap::new, Collectors.toList()));
    return places.values().stream()
        .map(entries -> entries.stream().takeWhile(gone::contains).toList())
        .filter(entries -> !entries.isEmpty())
        .sorted(
            Comparator.comparingLong((List<JournalFile.Entry> e) -> e.get(0).order()).reversed())
        .toList();
  }
}
