package vethbook.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.linux.process.Command;

/** Reports of what a real run keeps, and of two runs against each other. */
class ReportNotebookIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  /** An experiment whose values are given, so that its verdict depends on no machine. */
  private Path notebook(String name, int value) throws Exception {
    return Vethbook.write(
        folder.resolve(name),
        """
        import vethbook.measure.*
        one = { int value -> Measurement.of(Metric.TRANSACTION_RATE, value + Math.random(), 'made') }
        experiment('How fast is it?', baseline: 'a', rounds: 8) {
            setting('a') { one(1000) }
            setting('b') { one(%d) }
        }
        """
            .formatted(value));
  }

  @Test
  void aRunIsComparedWithAnEarlierOneAndRenderedAgainWithoutMeasuring() throws Exception {
    Path then = folder.resolve("then.ipynb");
    Path now = folder.resolve("now.ipynb");
    Path html = folder.resolve("run.html");
    Command.Output first = Vethbook.run(LIMIT, notebook("old.ipynb", 800), "--output", then);
    assertThat(first.exit()).as(first.err()).isZero();

    Command.Output output =
        Vethbook.run(
            LIMIT, notebook("new.ipynb", 500), "--output", now, "--html", html, "--baseline", then);

    assertThat(output.exit()).as(output.err()).isEqualTo(5);
    assertThat(output.err()).contains("▼ Worse than in").contains("b: slower than then by 3");
    assertThat(Files.readString(html))
        .contains("▼ Worse than in", "How fast is it?", "CPUs used", "new-1.csv");

    Path again = folder.resolve("again.html");
    Path csv = folder.resolve("rounds.csv");
    Command.Output rendered =
        Vethbook.command(
            LIMIT, "render", now, "--html", again, "--csv", csv, "--md", folder.resolve("pr.md"));
    assertThat(rendered.exit()).as(rendered.err()).isZero();
    assertThat(Files.readString(again)).doesNotContain("Worse than in").contains("CPUs used");
    assertThat(Files.readAllLines(csv)).hasSize(1 + 2 * 8);
    assertThat(Files.readString(folder.resolve("pr.md"))).contains("| b | 500.", "slower by 50 %");

    Command.Output without =
        Vethbook.command(LIMIT, "render", now, "--baseline", folder.resolve("old.ipynb"));
    assertThat(without.exit()).as(without.err()).isEqualTo(2);
    assertThat(without.err()).contains("it keeps no measured results", "next:");
  }
}
