package vethbook.kernel.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.extension.MimeBundle;

/** What Markdown of notebooks has beyond CommonMark. */
final class MarkdownExtensionsTest {
  @TempDir Path folder;

  private String html(MadeNotebook notebook) throws Exception {
    String page = HtmlReport.of(notebook.read(folder), null, true);
    return page.substring(page.indexOf("<main>"), page.indexOf("</main>"));
  }

  @Test
  void strikesTextOutBetweenTwoTildes() throws Exception {
    assertThat(html(new MadeNotebook().markdown("~~old~~ new, ~5 ms to ~6 ms~")))
        .contains("<del>old</del> new, ~5 ms to ~6 ms~");
  }

  @Test
  void showsTasksAsBoxes() throws Exception {
    String html =
        html(
            new MadeNotebook()
                .markdown(
                    "- [ ] **to** do\n- [x] done\n  1. [X] too\n- [y] no task\n- [x](https://x.org)"));

    assertThat(html)
        .contains(
            "<li><input type=\"checkbox\" disabled> <strong>to</strong> do</li>",
            "<input type=\"checkbox\" disabled checked> done",
            "<li><input type=\"checkbox\" disabled checked> too</li>",
            "<li>[y] no task</li>",
            "<li><a rel=\"nofollow\" href=\"https://x.org\">x</a></li>");
  }

  @Test
  void numbersFootnotesInTheOrderOfTheirReferences() throws Exception {
    String html =
        html(
            new MadeNotebook()
                .markdown("One[^b], two[^a], again[^b].\n\n[^a]: note *a*")
                .markdown("[^b]: note b\n\n    its second paragraph\n\nText, none[^c], `[^a]`."));

    assertThat(html)
        .contains(
            "One<sup class=\"footnote\"><a id=\"note-1-1\" href=\"#note-1\">1</a></sup>, two",
            "again<sup class=\"footnote\"><a id=\"note-1-2\" href=\"#note-1\">1</a></sup>",
            "none[^c], <code>[^a]</code>");
    assertThat(html.indexOf("<p>Text, none")).isLessThan(html.indexOf("<li id=\"note-1\">"));
    assertThat(html).containsOnlyOnce("note <em>a</em>").containsOnlyOnce("<p>note b</p>");
    assertThat(html.indexOf("its second paragraph <a class=\"back\" href=\"#note-1-1\""))
        .isBetween(html.indexOf("<li id=\"note-1\">"), html.indexOf("<li id=\"note-2\">"));
  }

  @Test
  void cellsAndDisplaysMayUseTheSameLabels() throws Exception {
    String html =
        html(
            new MadeNotebook()
                .markdown("A[^1]\n\n[^1]: of the cell <script>x</script>")
                .shows("x", Map.of(MimeBundle.MARKDOWN, "~~B~~[^1]\n\n[^1]: of the display")));

    assertThat(html)
        .contains("<del>B</del><sup", "href=\"#note-2\"", "of the display <a")
        .doesNotContain("<script");
    assertThat(html.indexOf("of the cell")).isLessThan(html.indexOf("of the display"));
  }

  @Test
  void aNoteThatRefersToItselfEnds() throws Exception {
    assertThat(html(new MadeNotebook().markdown("A[^1]\n\n[^1]: see[^1] and[^2]\n\n[^2]: end")))
        .contains("<li id=\"note-2\"><p>end");
  }
}
