package vethbook.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.linux.ExperimentException;

class MeasuringSlotTest {
  @TempDir private Path folder;
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  private MeasuringSlot take(String title) {
    return MeasuringSlot.take(folder, title, notes::add).orElseThrow();
  }

  @Test
  void theSecondWaitsForTheFirstAndSaysForWhom() throws Exception {
    MeasuringSlot first = take("Is it slow?");
    assertThat(notes).isEmpty();
    CompletableFuture<MeasuringSlot> second = CompletableFuture.supplyAsync(() -> take("other"));
    while (notes.isEmpty()) {
      Thread.sleep(10);
    }
    assertThat(notes)
        .containsExactly(
            "Waiting until another experiment has ended: process %d: Is it slow?"
                .formatted(ProcessHandle.current().pid()));
    assertThat(second).isNotDone();
    first.close();
    second.get(30, TimeUnit.SECONDS).close();
    take("third").close();
    assertThat(notes).hasSize(1);
  }

  @Test
  @SuppressWarnings("try") // held, not used
  void theWaitCanBeInterrupted() {
    try (MeasuringSlot first = take("first")) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> take("second"))
          .isInstanceOf(ExperimentException.class)
          .hasMessageContaining("Interrupted while another experiment was measuring")
          .hasMessageContaining("first");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void whereTheFileCannotBeWrittenThatIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Optional<MeasuringSlot> none = MeasuringSlot.take(file.resolve("below"), "x", notes::add);
    assertThat(none).isEmpty();
    assertThat(notes).hasSize(1).first().asString().contains("cannot be written");
  }
}
