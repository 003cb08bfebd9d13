package vethbook.kernel.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.extension.MimeBundle;

final class HtmlReportTest {
  @TempDir Path folder;

  private String html(MadeNotebook notebook) throws Exception {
    return HtmlReport.of(notebook.read(folder), null, true);
  }

  @Test
  void opensWithFileDateAndParametersThenTheTitle() throws Exception {
    String html =
        html(
            new MadeNotebook()
                .run("finished", "2026-11-21 18:00 UTC")
                .markdown("# A *question*\n\nText."));

    assertThat(html).contains("<title>A question</title>").containsOnlyOnce("<h1>");
    assertThat(html.indexOf("n.ipynb</span>")).isLessThan(html.indexOf("2026-11-21 18:00 UTC"));
    assertThat(html.indexOf("2026-11-21 18:00 UTC")).isLessThan(html.indexOf("<h1>A question"));
  }

  @Test
  void needsNoScriptsAndFetchesNothing() throws Exception {
    String html =
        html(
            new MadeNotebook()
                .markdown(
                    "![far](https://example.org/x.png) [link](javascript:alert) <script>1</script>")
                .shows(
                    "x",
                    Map.of(
                        MimeBundle.HTML, "<script src='https://example.org/x.js'></script>",
                        MimeBundle.PLAIN, "a plot")));

    assertThat(html)
        .contains("default-src 'none'", "[picture: far, https://example.org/x.png]", "a plot")
        .doesNotContain("<script", "javascript:", "src=\"http");
  }

  @Test
  void saysOnTopWhatFailedAndWhatWasDisturbed() throws Exception {
    String html =
        html(
            new MadeNotebook()
                .markdown("# T\n\nthe first words")
                .measured("How fast?", -1)
                .fails("boom()", "\u001b[31mNo such thing\u001b[0m"));

    int words = html.indexOf("the first words");
    assertThat(html.indexOf("failed in <a href=\"#cell-3\">cell 3</a>")).isBetween(0, words);
    assertThat(html.indexOf("Round 3 was disturbed.")).isBetween(0, words);
    assertThat(html)
        .contains("<pre class=\"error\">No such thing</pre>", "what follows it was not run.");
  }

  @Test
  void saysThatARunWentOnAfterAFailure() throws Exception {
    String html =
        html(new MadeNotebook().fails("boom()", "No").shows("x", Map.of(MimeBundle.PLAIN, "y")));

    assertThat(html).contains("what follows it was run all the same.");
  }

  @Test
  void listsItsHeadings() throws Exception {
    String html = html(new MadeNotebook().markdown("# T\n## Eins\n### 二 two\n## Eins"));

    Matcher links = Pattern.compile("<a href=\"#(s\\d[^\"]*)\">").matcher(html);
    int found = 0;
    while (links.find()) {
      found++;
      assertThat(html).containsOnlyOnce("id=\"" + links.group(1) + "\"");
    }
    assertThat(found).isEqualTo(3);
  }

  @Test
  void foldsCodeOrLeavesItOut() throws Exception {
    MadeNotebook notebook = new MadeNotebook().shows("a < b", Map.of(MimeBundle.PLAIN, "shown"));

    assertThat(html(notebook)).contains("<details class=\"code\">", "<pre><code>a &lt; b</code>");
    assertThat(HtmlReport.of(notebook.read(folder), null, false))
        .doesNotContain("a &lt; b")
        .contains("shown");
  }

  @Test
  void attachesTheRawResults() throws Exception {
    String html = html(new MadeNotebook().measured("How fast?", 5));

    assertThat(new String(attached(html, "n-1.csv"), StandardCharsets.UTF_8))
        .isEqualTo("experiment,setting,How fast? (m)\r\nHow fast?,\"a, b\",5.0\r\n");
    try (InputStream json =
        new GZIPInputStream(new ByteArrayInputStream(attached(html, "n-1.json.gz")))) {
      assertThat(json).hasContent("{\"value\": 5.0}");
    }
    assertThat(html).contains("a &lt;small&gt; one", "eth0 mtu", "ip link add");
  }

  private static byte[] attached(String html, String name) {
    Matcher link =
        Pattern.compile("download=\"" + name + "\" href=\"data:[^,]*,([^\"]*)\"").matcher(html);
    assertThat(link.find()).isTrue();
    return Base64.getDecoder().decode(link.group(1));
  }

  @Test
  void opensWithWhatChangedAndTheVerdictAgainstAnEarlierRun() throws Exception {
    Executed then = new MadeNotebook().measured("Q", 9).read(folder, "old.ipynb");
    Executed now = new MadeNotebook().markdown("words").measured("Q", 5).read(folder);

    String html = HtmlReport.of(now, Baseline.of(now, then), true);

    assertThat(html.indexOf("▼ Worse than in old.ipynb: one: less than then"))
        .isBetween(0, html.indexOf("Linux: 6.1 then, 6.12 now"));
    assertThat(html.indexOf("Linux: 6.1 then, 6.12 now")).isLessThan(html.indexOf("<td>5.0</td>"));
    assertThat(html.indexOf("<td>5.0</td>")).isLessThan(html.indexOf("words"));
  }

  @Test
  void embedsPicturesBesideTheNotebookAndAttachedOnes() throws Exception {
    Files.write(folder.resolve("p.png"), new byte[] {1, 2, 3});

    String html = html(new MadeNotebook().markdown("![a](p.png) ![b](gone.png)"));

    assertThat(html).contains("src=\"data:image/png;base64,AQID\"", "[picture: b, gone.png]");
  }

  @Test
  void letsOnlyTagsThroughThatSetText() throws Exception {
    String html = html(new MadeNotebook().markdown("H<sub>2</sub>O<br>x <iframe src='/x'> y"));

    assertThat(html).contains("H<sub>2</sub>O<br>x &lt;iframe");
  }

  @Test
  void namesATypeThatItCannotShow() throws Exception {
    String html = html(new MadeNotebook().shows("x", Map.of("application/x-odd", "?")));

    assertThat(html).contains("[a value that only application/x-odd shows]");
  }

  @Test
  void showsTheBeginningAndTheEndOfWhatIsTooLongToRead() {
    String lines = "first\n" + "0123456789\n".repeat(50_000) + "last\n";

    assertThat(Outputs.shortened(lines))
        .startsWith("first\n0123456789\n")
        .endsWith("0123456789\nlast\n")
        .contains("0123456789\n… 470,019 characters are left out here")
        .hasSizeLessThan(100_000);
    assertThat(Outputs.shortened("y".repeat(5_000_000)))
        .contains("y\n… 4,920,000 characters are left out here")
        .hasSizeLessThan(100_000);
    assertThat(Outputs.shortened("z".repeat(200_000) + "\n")).endsWith("zz\n");
    assertThat(Outputs.shortened("short\n")).isEqualTo("short\n");
  }
}
