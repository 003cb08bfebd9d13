package vethbook.kernel.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.extension.MimeBundle;
import vethbook.kernel.notebook.NotebookException;

final class MatrixTest {
  private static final String RUN =
      "{\"point\": {\"mtu\": \"%s\"}, \"output\": \"%s\", \"exit\": 0},";

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void threeRunsOfWhichOneWasNotMade() throws Exception {
    new MadeNotebook()
        .markdown("# A question")
        .measured("Q", 5)
        .shows(
            "plot",
            java.util.Map.of(MimeBundle.VEGA_LITE, java.util.Map.of(), MimeBundle.SVG, "<svg/>"))
        .write(folder.resolve("a.ipynb"));
    new MadeNotebook().measured("Q", -7).fails("x", "boom").write(folder.resolve("b.ipynb"));
    file =
        Files.writeString(
            folder.resolve("n-matrix.json"),
            "{\"notebook\": \"n.ipynb\", \"runs\": ["
                + RUN.formatted("1500", "a.ipynb")
                + RUN.formatted("9000", "b.ipynb")
                + "{\"point\": {\"mtu\": \"100\"}, \"output\": \"c.ipynb\"}]}");
  }

  private Matrix read() {
    return Matrix.read(file, MadeNotebook.EXTENSIONS);
  }

  @Test
  void hasATableOfSettingsAndParameters() {
    String html = new MatrixReport(read(), null).html();

    assertThat(html)
        .contains("<h1>A question</h1>")
        .contains("<th align=\"right\">mtu=1500</th><th align=\"right\">mtu=9000</th>")
        .contains("<th>one</th><td align=\"right\">5.0 m</td><td align=\"right\">-7.0 m</td>")
        .contains("<td align=\"right\">skipped: no</td>", "<svg/>");
  }

  @Test
  void hidesNoRunThatFailedOrWasNotMade() {
    String html = new MatrixReport(read(), null).html();
    String markdown = new MatrixReport(read(), null).markdown();

    for (String text : List.of(html, markdown)) {
      assertThat(text)
          .contains("✗ mtu=9000: it failed in cell 2.", "✗ mtu=100: this run was not made.")
          .contains("Round 3 was disturbed.");
    }
    assertThat(markdown).contains("| setting | mtu=1500 | mtu=9000 | mtu=100 |\n| :--- | ---: |");
  }

  /** Runs of other values of one parameter, by the file of the executed notebook. */
  private Matrix earlier(String... runs) throws Exception {
    Path folder = Files.createDirectory(this.folder.resolve("then"));
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < runs.length; i += 2) {
      new MadeNotebook()
          .measured("Q", Double.parseDouble(runs[i + 1]))
          .write(folder.resolve(i + ".ipynb"));
      all.append(RUN.formatted(runs[i], i + ".ipynb"));
    }
    all.setLength(all.length() - 1);
    Path file = folder.resolve("n-matrix.json");
    Files.writeString(file, "{\"notebook\": \"n.ipynb\", \"runs\": [" + all + "]}");
    return Matrix.read(file, MadeNotebook.EXTENSIONS);
  }

  private MatrixBaseline against(String... runs) throws Exception {
    return MatrixBaseline.of(read(), earlier(runs), "old");
  }

  @Test
  void comparesEachRunWithItsNamesake() throws Exception {
    MatrixBaseline baseline = against("9000", "-7", "1500", "6", "50", "1");

    assertThat(baseline.isWorse()).isTrue();
    assertThat(baseline.verdict()).isEqualTo("▼ Worse than in old: mtu=1500");
    assertThat(baseline.pairs())
        .extracting(MatrixBaseline.Pair::point, MatrixBaseline.Pair::trouble)
        .containsExactly(
            tuple("mtu=1500", ""),
            tuple("mtu=9000", ""),
            tuple("mtu=100", "this run was not made"),
            tuple("mtu=50", "this run is in old only"));
  }

  @Test
  void opensWithTheVerdicts() throws Exception {
    MatrixBaseline baseline = against("1500", "6", "9000", "-7");
    MatrixReport report = new MatrixReport(read(), baseline);

    assertThat(report.html())
        .containsSubsequence(
            "▼ Worse than in old: mtu=1500",
            "<th scope=\"row\">mtu=1500</th><td>▼ Worse than in",
            "<th scope=\"row\">mtu=9000</th><td>✓ Nothing is worse",
            "<td>Not compared: this run was not made</td>",
            "Linux: 6.1 then, 6.12 now",
            "<h2>Q</h2>",
            "Against old:");
    assertThat(report.markdown())
        .containsSubsequence(
            "**▼ Worse than in old: mtu=1500.**", "| mtu=9000 | ✓ Nothing", "**Q**");
  }

  @Test
  void isFineOnlyWhenAllRunsWereCompared() throws Exception {
    Matrix then = earlier("1500", "5", "9000", "-7", "100", "3");

    MatrixBaseline baseline = MatrixBaseline.of(read(), then, "old");
    assertThat(baseline.isWorse()).isFalse();
    assertThat(baseline.verdict())
        .isEqualTo("? No regression shown against old; not clear for mtu=100");

    MatrixBaseline same = MatrixBaseline.of(then, then, "old");
    assertThat(same.verdict()).isEqualTo("✓ No run is worse than in old");
  }

  @Test
  void saysThatNothingCouldBeCompared() throws Exception {
    assertThat(against("1", "1").verdict()).isEqualTo("? Nothing could be compared with old");
  }

  @Test
  void putsTheParametersBeforeTheRounds() {
    assertThat(read().csv())
        .startsWith("mtu,experiment,setting,Q (m)\r\n1500,Q,\"a, b\",5.0\r\n9000,Q,");
  }

  @Test
  void saysWhatIsNoMatrix() throws Exception {
    Files.writeString(file, "{}");

    assertThatThrownBy(this::read)
        .isInstanceOf(NotebookException.class)
        .hasMessageContaining("it names no runs");
    Files.delete(file);
    assertThatThrownBy(this::read).hasMessageContaining("Cannot find matrix " + file);
  }
}
