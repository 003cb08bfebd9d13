package vethbook.kernel.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FormulasTest {
  private static final String X_SQUARED = "<msup><mi>x</mi><mn>2</mn></msup></math>";

  @TempDir Path folder;

  private String html(String markdown) throws Exception {
    String page = HtmlReport.of(new MadeNotebook().markdown(markdown).read(folder), null, true);
    return page.substring(page.indexOf("<main>"), page.indexOf("</main>"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$x^2$", "\\(x^2\\)", "\\\\(x^2\\\\)", "a $x^2$, b", "*so* $x^2$"})
  void drawsFormulasInText(String markdown) throws Exception {
    assertThat(html(markdown)).contains("<math alttext=\"x^2\">" + X_SQUARED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$$x^2$$",
        "$$\nx^2\n$$",
        "\\[x^2\\]",
        "\\\\[\nx^2\n\\\\]",
        "so that $$x^2$$ holds",
        "\\begin{equation}\nx^2\n\\end{equation}",
        "- in a list:\n  $$\n  x^2\n  $$"
      })
  void drawsFormulasThatStandAlone(String markdown) throws Exception {
    assertThat(html(markdown)).containsPattern("<math display=\"block\" alttext=\"[^\"]*x\\^2");
    assertThat(html(markdown)).contains(X_SQUARED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "It costs $5 and $6.",
        "It costs $5, was $7.50.",
        "`$x^2$`",
        "```\n$x^2$\n```",
        "    $x^2$",
        "a \\$x^2\\$ b",
        "\\begin{nothing",
        "\\(never closed",
        "$$\nnever closed"
      })
  void leavesOtherTextAlone(String markdown) throws Exception {
    assertThat(html(markdown)).doesNotContain("<math", "class=\"math");
  }

  @Test
  void doesNotTakeLinesOfAFormulaForLists() throws Exception {
    assertThat(html("$$\na\n+ b\n- c\n\n= d_1*e*f\n$$"))
        .contains("<mo>+</mo><mi>b</mi><mo>−</mo>")
        .doesNotContain("<li>", "<em>");
  }

  @Test
  void keepsTheTextAroundAFormulaOfSeveralLines() throws Exception {
    assertThat(html("before\n\n\\begin{align}\na &= b\\\\\nc &= d\n\\end{align}\nafter"))
        .contains("<p>before</p>", "<mtd style=\"text-align: right\"><mi>c</mi></mtd>", "after");
  }

  @Test
  void showsTheSourceOfWhatIsNoTexAndSaysSo() throws Exception {
    assertThat(html("A $\\foo<x$ and $\\frac{$ end"))
        .contains("title=\"Not understood as TeX: Undefined command \\foo\">\\foo&lt;x</code>")
        .contains("\\frac{</code> end");
  }

  @Test
  void writesWhatBrowsersDraw() throws Exception {
    assertThat(html("$\\mathrm{RTT}(\\mathbb{R}, \\mathbf{v}) \\frac12 \\text{for all}$"))
        .contains("<mi mathvariant=\"normal\">RTT</mi>", "<mi>ℝ</mi>", "<mi>𝐯</mi>")
        .contains("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "<mtext>for all</mtext>")
        .contains("form=\"prefix\">(</mo>", "<mo separator=\"true\">,</mo>")
        .doesNotContain("mfenced", "mstyle");
  }

  @Test
  void drawsLatexThatACellShows() throws Exception {
    String html =
        HtmlReport.of(
            new MadeNotebook()
                .shows("x", Map.of("text/latex", "$\\displaystyle x^2$"))
                .shows("y", Map.of("text/latex", "Found $y^2$ again"))
                .read(folder),
            null,
            true);

    assertThat(html).contains(X_SQUARED, "Found <math alttext=\"y^2\">");
  }

  @Test
  void keepsAFormulaOfTheTitle() throws Exception {
    assertThat(
            HtmlReport.of(new MadeNotebook().markdown("# The rate $r_1$").read(folder), null, true))
        .contains("<title>The rate r_1</title>");
  }
}
