package vethbook.kernel.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    String html = new MatrixReport(read()).html();

    assertThat(html)
        .contains("<h1>A question</h1>")
        .contains("<th align=\"right\">mtu=1500</th><th align=\"right\">mtu=9000</th>")
        .contains("<th>one</th><td align=\"right\">5.0 m</td><td align=\"right\">-7.0 m</td>")
        .contains("<td align=\"right\">skipped: no</td>", "<svg/>");
  }

  @Test
  void hidesNoRunThatFailedOrWasNotMade() {
    String html = new MatrixReport(read()).html();
    String markdown = new MatrixReport(read()).markdown();

    for (String text : List.of(html, markdown)) {
      assertThat(text)
          .contains("✗ mtu=9000: it failed in cell 2.", "✗ mtu=100: this run was not made.")
          .contains("Round 3 was disturbed.");
    }
    assertThat(markdown).contains("| setting | mtu=1500 | mtu=9000 | mtu=100 |\n| :--- | ---: |");
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
  }
}
