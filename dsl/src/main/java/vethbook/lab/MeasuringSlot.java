package vethbook.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.FileLock;

/**
 * The right to measure on this machine: one experiment at a time has it, others wait. Two that
 * measure at once would measure each other.
 *
 * <p>It is a locked file beside the host journals, so it is free again however its holder ends.
 * Users who do not share that folder (root does not with others) do not wait for each other.
 */
public final class MeasuringSlot implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Path file;
  private final FileLock lock;

  private MeasuringSlot(Path file, FileLock lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Waits until nobody else measures.
   *
   * @param title what is going to be measured, for those who then have to wait
   * @param note hears once for whom this waits, or why there is no such slot here
   * @return empty where the file cannot be written
   * @throws ExperimentException when interrupted meanwhile
   */
  public static Optional<MeasuringSlot> take(String title, Consumer<String> note) {
    return take(HostJournal.folder(), title, note);
  }

  static Optional<MeasuringSlot> take(Path folder, String title, Consumer<String> note) {
    Path file = folder.resolve("measuring");
    try {
      HostJournal.made(folder);
      if (!Files.exists(file)) {
        Files.writeString(file, "");
      }
      if (!Files.isWritable(file)) { // root's; who may read it could still lock it
        throw new AccessDeniedException(file.toString());
      }
      MeasuringSlot slot = new MeasuringSlot(file, await(file, note));
      slot.begin("process " + ProcessHandle.current().pid() + ": " + title);
      return Optional.of(slot);
    } catch (IOException e) {
      note.accept(
          "Nobody else is kept from measuring at the same time: %s cannot be written (%s)."
              .formatted(file, e.getMessage()));
      return Optional.empty();
    }
  }

  private static FileLock await(Path file, Consumer<String> note) throws IOException {
    Optional<FileLock> lock = FileLock.ifFree(file);
    if (lock.isEmpty()) {
      note.accept("Waiting until another experiment has ended: " + holder(file));
    }
    while (lock.isEmpty()) {
      try {
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ExperimentException(
            "Interrupted while another experiment was measuring: " + holder(file));
      }
      lock = FileLock.ifFree(file);
    }
    return lock.get();
  }

  private static String holder(Path file) throws IOException {
    String holder = Files.readString(file).strip();
    return holder.isEmpty() ? "it is just beginning" : holder;
  }

  private void begin(String holder) throws IOException {
    try {
      write(holder);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private void write(String holder) throws IOException {
    Files.write(file, holder.getBytes(StandardCharsets.UTF_8));
  }

  /** Lets the next one measure. */
  @Override
  public void close() {
    try {
      write("");
    } catch (IOException e) {
      throw new ExperimentException("Cannot write " + file + ": " + e.getMessage());
    } finally {
      lock.close();
    }
  }
}
