package vethbook.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vethbook.extension.Progress;
import vethbook.kernel.language.CellError;

/** Progress for people, on wide, narrow and no terminals, and for programs. */
final class ProgressLineTest {
  private static final Path FILE = Path.of("n.ipynb");
  private static final Progress ROUND =
      new Progress(
          0.3,
          Duration.ofSeconds(80),
          "round 3/10 · 容器网络延迟 veth · 41 200 transactions/s (40 900 to 41 600)",
          Map.of("round", 3, "setting", "veth"));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private ProgressLine line(boolean isTerminal, int columns, boolean isQuiet) {
    ProgressLine line = new ProgressLine(out, new TerminalWidth(isTerminal, columns), isQuiet, 1);
    line.begins(FILE, FILE, Map.of(), 9);
    return line;
  }

  @Test
  void aTerminalHasOneLineThatFits() {
    for (int columns : new int[] {200, 80, 40, 20}) {
      bytes.reset();
      ProgressLine line = line(true, columns, false);
      line.cell(2, "// a comment\nlatency = experiment('long title') {");
      sleepPastThrottle();
      line.progress(ROUND);

      List<String> shown = List.of(written().split("\r\u001b\\[K"));
      assertThat(shown.get(1)).startsWith("[2/9] latency");
      assertThat(shown.get(2)).startsWith("[2/9] round 3");
      assertThat(shown.get(2).endsWith(" · 1 min 20 s left")).isEqualTo(columns >= 40);
      shown.forEach(each -> assertThat(TerminalWidth.of(each)).isLessThan(columns));
    }
  }

  private static void sleepPastThrottle() {
    try {
      Thread.sleep(150);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void withoutATerminalThereIsALineForEachCell() {
    ProgressLine line = line(false, 80, false);
    line.cell(1, "first");
    line.progress(ROUND); // half a minute has not passed
    line.cell(2, "second");
    line.cellEnded(
        2, 2, "failed", Duration.ZERO, new CellError("X", "y", List.of("\u001b[31mX: y\u001b[0m")));
    line.ends(1, Duration.ofSeconds(3), FILE);

    assertThat(written())
        .isEqualTo(
            """
            [1/9] first
            [2/9] second
            Cell 2 failed: second
              X: y
            Failed after 3 s
              notebook: n.ipynb
            """);
  }

  @Test
  void quietShowsOnlyWhatFailed() {
    ProgressLine line = line(true, 80, true);
    line.cell(1, "first");
    line.progress(ROUND);
    line.note("a note");
    line.ends(0, Duration.ZERO, FILE);
    assertThat(written()).isEmpty();

    line.cellEnded(1, 1, "timeout", Duration.ZERO, new CellError("X", "y", List.of("X: y")));
    assertThat(written()).isEqualTo("Cell 1 took longer than --timeout: first\n");
  }

  @Test
  void wideLettersTakeTwoColumns() {
    assertThat(TerminalWidth.of("容器 é")).isEqualTo(6);
    assertThat(TerminalWidth.of("e\u0301")).isEqualTo(1);
    assertThat(TerminalWidth.cut("容器网络", 5)).isEqualTo("容器…");
    assertThat(TerminalWidth.cut("short", 5)).isEqualTo("short");
  }

  @Test
  void programsReadAJsonObjectALine() throws Exception {
    ProgressJson json = new ProgressJson(out);
    json.begins(FILE, Path.of("o.ipynb"), Map.of("rounds", "4"), 9);
    json.cell(1, "first\nsecond");
    json.progress(ROUND);
    json.cellEnded(1, 1, "failed", Duration.ofMillis(1500), new CellError("X", "y", List.of()));
    json.ends(1, Duration.ofSeconds(3), FILE);

    List<JsonNode> events = new ArrayList<>();
    for (String line : written().lines().toList()) {
      events.add(new ObjectMapper().readTree(line));
    }
    assertThat(events.stream().map(event -> event.path("event").asText()))
        .containsExactly("begin", "cell", "progress", "cell-end", "end");
    assertThat(events).allMatch(event -> event.path("time").asText().endsWith("Z"));
    assertThat(events.get(0).at("/parameters/rounds").asText()).isEqualTo("4");
    assertThat(events.get(2).path("round").asInt()).isEqualTo(3);
    assertThat(events.get(2).path("left").asDouble()).isEqualTo(80);
    assertThat(events.get(3).at("/error/name").asText()).isEqualTo("X");
    assertThat(events.get(4).path("exit").asInt()).isEqualTo(1);
  }
}
