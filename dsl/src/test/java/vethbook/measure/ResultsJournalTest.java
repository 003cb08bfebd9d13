package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.linux.ExperimentException;

class ResultsJournalTest {
  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();
  private final AtomicInteger runs = new AtomicInteger();

  private Path file() {
    return folder.resolve("state").resolve("x.jsonl");
  }

  private ResultsJournal journal() {
    return new ResultsJournal(file(), notes::add);
  }

  private Measurement run() {
    return Measurement.of(Metric.TRANSACTION_RATE, 1000.0 + runs.incrementAndGet(), "built-in");
  }

  private Experiment two(int rounds) {
    return Experiment.of("?", "a")
        .rounds(rounds)
        .seed(7)
        .setting("a", this::run)
        .setting("b", this::run);
  }

  @Test
  void hasWhatTheExperimentReturned() {
    Results results = two(6).run(journal());
    assertThat(ResultsJournal.read(file())).contains(results);
    assertThat(notes).isEmpty();
  }

  @Test
  void hasEachRunAsSoonAsItEnded() {
    List<Integer> there = new ArrayList<>();
    two(3)
        .warmUp(false)
        .before(round -> there.add(ResultsJournal.read(file()).orElseThrow().samples().size()))
        .run(journal());
    assertThat(there).containsExactly(0, 2, 4);
  }

  @Test
  void aLineCutOffByACrashIsOneRunLess() throws IOException {
    Results results = two(6).run(journal());
    List<String> lines = Files.readAllLines(file());
    lines.remove(lines.size() - 1);
    String last = lines.remove(lines.size() - 1);
    lines.add(last.substring(0, last.length() / 2));
    Files.write(file(), lines);
    Results read = ResultsJournal.read(file()).orElseThrow();
    assertThat(read.samples()).isEqualTo(results.samples().subList(0, 11));
    assertThat(read.compare().changes()).hasSize(1);

    runs.set(0);
    Results resumed = two(6).resuming(read).run(journal());
    assertThat(runs).hasValue(3); // the warm-up and the one that was lost
    assertThat(resumed.samples()).hasSize(12);
    assertThat(ResultsJournal.read(file())).contains(resumed);
  }

  @Test
  void oneThatCannotBeWrittenIsSaidOnceAndTheExperimentGoesOn() throws IOException {
    Files.writeString(folder.resolve("state"), "a file, not a folder");
    assertThat(two(6).run(journal()).samples()).hasSize(12);
    assertThat(notes).hasSize(1).first().asString().contains("A crash would lose the runs");
  }

  @Test
  void writesAlsoWhenTheCallerIsInterrupted() {
    Experiment experiment =
        two(6)
            .setting(
                "c",
                () -> {
                  if (runs.get() > 8) {
                    Thread.currentThread().interrupt();
                  }
                  return run();
                });
    Results results = experiment.run(journal());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(results.partial()).isTrue();
    assertThat(ResultsJournal.read(file())).contains(results);
  }

  @Test
  void readsNothingWhereThereIsNone() throws IOException {
    assertThat(ResultsJournal.read(file())).isEmpty();
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "", StandardOpenOption.CREATE);
    assertThat(ResultsJournal.read(file())).isEmpty();
    Files.writeString(file(), "{\"some\": \"thing\"}\n");
    assertThatThrownBy(() -> ResultsJournal.read(file()))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot read results");
  }
}
