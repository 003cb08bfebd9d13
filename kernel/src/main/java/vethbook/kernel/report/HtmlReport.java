package vethbook.kernel.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.extension.SavedResults;
import vethbook.kernel.notebook.Cell;

/**
 * A notebook as one HTML file that needs no scripts and fetches nothing: it opens offline, in light
 * and dark, and on paper. What failed or was disturbed stands on top.
 */
final class HtmlReport {
  private static final int LEAST_TITLES = 3;
  private static final int SHOWN_DIFFERENCES = 8;
  private static final int SHOWN_DOUBTS = 4;

  private final Executed executed;
  private final @Nullable Baseline baseline;
  private final boolean hasCode;
  private final Markup markup;
  private final Outputs outputs;
  private final String title;

  private HtmlReport(Executed executed, @Nullable Baseline baseline, boolean hasCode) {
    this.executed = executed;
    this.baseline = baseline;
    this.hasCode = hasCode;
    this.markup = new Markup(executed.folder());
    this.outputs = new Outputs(markup);
    this.title = markup.plain(executed.title());
  }

  /**
   * The report's text.
   *
   * @param baseline the comparison it opens with; null for none
   * @param hasCode false to leave the code out
   */
  static String of(Executed executed, @Nullable Baseline baseline, boolean hasCode) {
    return new HtmlReport(executed, baseline, hasCode).page();
  }

  private String page() {
    String cells = cells(); // first: it finds the headings
    return Html.page(
        title,
        top(executed, title)
            + contents()
            + "<main>\n"
            + failures(executed)
            + against()
            + doubts(executed)
            + cells
            + markup.footnotes()
            + "</main>\n"
            + foot());
  }

  /** File name, date and parameters, and the title. */
  private static String top(Executed executed, String title) {
    StringBuilder html = new StringBuilder("<header>\n<p class=\"run\"><span class=\"file\">");
    html.append(Html.escape(executed.name())).append("</span>");
    String finished = executed.run().facts().get("finished");
    for (String part : List.of(finished == null ? "" : finished, executed.run().parameterText())) {
      if (!part.isEmpty()) {
        html.append(" · <span>").append(Html.escape(part)).append("</span>");
      }
    }
    return html.append("</p>\n<h1>")
        .append(Html.escape(title))
        .append("</h1>\n</header>\n")
        .toString();
  }

  private String contents() {
    List<Markup.Title> titles =
        markup.titles().stream().filter(one -> one.level() == 2 || one.level() == 3).toList();
    if (titles.size() < LEAST_TITLES) {
      return "";
    }
    StringBuilder html = new StringBuilder("<nav aria-label=\"Contents\"><ol>\n");
    for (Markup.Title one : titles) {
      html.append("<li class=\"level")
          .append(one.level())
          .append("\"><a href=\"#")
          .append(Html.escape(one.id()))
          .append("\">")
          .append(Html.escape(one.text()))
          .append("</a></li>\n");
    }
    html.append("<li class=\"level2\"><a href=\"#record\">How this was measured</a></li>\n");
    return html.append("</ol></nav>\n").toString();
  }

  static String failures(Executed executed) {
    StringBuilder html = new StringBuilder();
    for (int number : executed.failed()) {
      html.append("<p class=\"failure\">✗ This run failed in <a href=\"#cell-")
          .append(number)
          .append("\">")
          .append(executed.nameOf(number))
          .append("</a>; what follows it was ")
          .append(executed.wentOnAfter(number) ? "run all the same" : "not run")
          .append(".</p>\n");
    }
    for (String problem : executed.problems()) {
      html.append("<p class=\"failure\">✗ ").append(Html.escape(problem)).append("</p>\n");
    }
    return html.toString();
  }

  private String against() {
    if (baseline == null) {
      return "";
    }
    boolean isWorse = !baseline.regressions().isEmpty();
    StringBuilder html = new StringBuilder("<section class=\"baseline\">\n<p class=\"verdict");
    html.append(isWorse ? " worse" : baseline.isFine() ? "" : " unclear")
        .append("\">")
        .append(Html.escape(baseline.verdict()))
        .append("</p>\n");
    for (Baseline.Pair pair : baseline.pairs()) {
      if (baseline.pairs().size() > 1) {
        html.append("<h3>").append(Html.escape(pair.title())).append("</h3>\n");
      }
      SavedResults.Against against = pair.against();
      if (against == null) {
        html.append("<p>Not compared: ").append(Html.escape(pair.trouble())).append("</p>\n");
        continue;
      }
      html.append(
          against.differences().isEmpty()
              ? "<p>The records of the two runs do not differ.</p>\n"
              : "<p>What changed between the two runs:</p>\n"
                  + Html.list(against.differences(), SHOWN_DIFFERENCES));
      html.append(outputs.of(against.table()));
    }
    return html.append("</section>\n").toString();
  }

  static String doubts(Executed executed) {
    StringBuilder html = new StringBuilder();
    for (SavedResults results : executed.results()) {
      if (!results.doubts().isEmpty()) {
        html.append("<section class=\"doubts\"><p>! With care: ")
            .append(Html.escape(results.title()))
            .append("</p>\n")
            .append(Html.list(results.doubts(), SHOWN_DOUBTS))
            .append("</section>\n");
      }
    }
    return html.toString();
  }

  private String cells() {
    StringBuilder html = new StringBuilder();
    int number = 0;
    markup.read(executed.notebook().cells());
    for (Cell cell : executed.notebook().cells()) {
      number++;
      if (cell.isMarkdown()) {
        html.append(markup.cell(cell, title));
      } else if (cell.isCode() && (!cell.source().isBlank() || !cell.outputs().isEmpty())) {
        html.append("<div class=\"cell\" id=\"cell-").append(number).append("\">\n");
        if (hasCode) {
          html.append(source(cell));
        }
        for (JsonNode output : cell.outputs()) {
          html.append(outputs.html(output));
        }
        html.append("</div>\n");
      }
    }
    return html.toString();
  }

  private static String source(Cell cell) {
    String source = cell.source();
    String first = source.strip().lines().findFirst().orElse("");
    return """
    <details class="code"><summary>%s <code>%s</code></summary><pre><code>%s</code></pre></details>
    """
        .formatted(
            cell.count() == 0 ? "not run" : "cell " + cell.count(),
            Html.escape(first),
            Html.escape(source));
  }

  private String foot() {
    StringBuilder html =
        new StringBuilder("<footer>\n<h2 id=\"record\">How this was measured</h2>\n");
    Map<String, String> run = new LinkedHashMap<>(executed.run().facts());
    if (!executed.run().parameters().isEmpty()) {
      run.put("parameters", executed.run().parameterText());
    }
    html.append(
        run.isEmpty()
            ? "<p>This notebook has no record of a run by Vethbook.</p>\n"
            : Html.facts(run));
    return html.append(records(List.of(executed))).append("</footer>\n").toString();
  }

  /** The machine and the raw results of each experiment. */
  static String records(List<Executed> all) {
    StringBuilder html = new StringBuilder();
    List<Map<String, String>> seen = new ArrayList<>();
    for (Executed executed : all) {
      int number = 0;
      for (SavedResults results : executed.results()) {
        number++;
        html.append("<h3>").append(Html.escape(results.title())).append("</h3>\n");
        Map<String, String> facts = new LinkedHashMap<>(results.record());
        seen.stream().findFirst().ifPresent(first -> facts.entrySet().removeAll(first.entrySet()));
        seen.add(results.record());
        if (seen.size() > 1) {
          html.append("<p>As for the first one, but for:</p>\n");
        }
        html.append(Html.facts(facts)).append(settings(results)).append(commands(results));
        String name = executed.stem() + "-" + number;
        html.append("<p>Raw results: ")
            .append(
                Html.download(
                    "every run as CSV", name + ".csv", "text/csv", Csv.of(List.of(results))))
            .append(", ")
            .append(
                Html.compressed("all that was recorded as JSON", name + ".json.gz", results.json()))
            .append(".</p>\n");
      }
    }
    return html.toString();
  }

  private static String settings(SavedResults results) {
    return results.settings().isEmpty()
        ? ""
        : "<details class=\"settings\"><summary>devices and sysctls, "
            + results.settings().size()
            + " settings</summary>"
            + Html.facts(results.settings())
            + "</details>\n";
  }

  private static String commands(SavedResults results) {
    return results.commands().isEmpty()
        ? ""
        : "<details><summary>the same network without Vethbook, in "
            + results.commands().size()
            + " commands</summary><pre>"
            + Html.escape(String.join("\n", results.commands()))
            + "</pre></details>\n";
  }
}
