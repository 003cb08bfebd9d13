package vethbook.kernel.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.kernel.notebook.NotebookException;

final class ReportsTest {
  @TempDir Path folder;

  @Test
  void writesAShortMarkdownForAPullRequest() throws Exception {
    Path file = folder.resolve("pr.md");
    Executed now = new MadeNotebook().markdown("# Question").measured("Q", -5).read(folder);
    Executed then = new MadeNotebook().measured("Q", 9).read(folder, "old.ipynb");

    Reports.Written written = new Reports(null, null, file, null, true).write(now, then);

    assertThat(written.isWorse()).isTrue();
    assertThat(Files.readString(file))
        .startsWith("### Question\n\n`n.ipynb`\n\n**▼ Worse than in old.ipynb")
        .contains("- Linux: 6.1 then, 6.12 now\n", "| -5.0 |", "- Round 3 was disturbed.\n");
  }

  @Test
  void putsTheRoundsOfSeveralExperimentsIntoOneTable() throws Exception {
    Path file = folder.resolve("rounds.csv");
    Executed both = new MadeNotebook().measured("A", 1).measured("B", 2).read(folder);

    new Reports(null, null, null, file, true).write(both, null);

    assertThat(Files.readString(file))
        .isEqualTo("experiment,setting,A (m),B (m)\r\nA,\"a, b\",1.0,\r\nB,\"a, b\",,2.0\r\n");
  }

  @Test
  void saysThatANotebookWithoutResultsHasNoRounds() throws Exception {
    Executed none = new MadeNotebook().markdown("words").read(folder);
    Reports csv = new Reports(null, null, null, folder.resolve("x.csv"), true);

    assertThatThrownBy(() -> csv.write(none, null))
        .isInstanceOf(NotebookException.class)
        .hasMessageContaining("it keeps no results")
        .hasMessageContaining("vethbook run");
  }

  @Test
  void matchesSingleExperimentsWhateverTheirTitles() throws Exception {
    Executed then = new MadeNotebook().measured("Before", 5).read(folder, "old.ipynb");
    Executed now = new MadeNotebook().measured("After", 5).read(folder);

    assertThat(Baseline.of(now, then).verdict()).isEqualTo("✓ Nothing is worse than in old.ipynb");
  }

  @Test
  void namesExperimentsThatOnlyOneOfTheNotebooksHas() throws Exception {
    Executed then = new MadeNotebook().measured("A", 1).measured("B", 5).read(folder, "old.ipynb");
    Executed now = new MadeNotebook().measured("B", 5).measured("C", 5).read(folder);

    assertThat(Baseline.of(now, then).pairs())
        .extracting(Baseline.Pair::title, Baseline.Pair::trouble)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("B", ""),
            org.assertj.core.groups.Tuple.tuple("C", "it is not in old.ipynb"),
            org.assertj.core.groups.Tuple.tuple("A", "it is in old.ipynb only"));
  }

  @Test
  void refusesAPlaceThatIsAFolder() {
    Reports reports = new Reports(folder, null, null, null, true);

    assertThatThrownBy(reports::requireWritable)
        .isInstanceOf(NotebookException.class)
        .hasMessageContaining("it is a folder");
  }
}
