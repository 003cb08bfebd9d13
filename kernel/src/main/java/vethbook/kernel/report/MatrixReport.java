package vethbook.kernel.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.SavedResults;
import vethbook.extension.SavedResults.Against;
import vethbook.extension.SavedResults.Outcome;
import vethbook.kernel.notebook.Cell;
import vethbook.kernel.report.Matrix.Point;

/**
 * The runs of a matrix as one report: for each experiment a table of settings and parameters, then
 * the table and the plots of each run.
 */
final class MatrixReport {
  /** More runs than these stand below each other, with the settings as columns. */
  private static final int WIDEST = 6;

  private static final int SHOWN_DIFFERENCES = 8;

  private final Matrix matrix;
  private final @Nullable MatrixBaseline baseline;

  /**
   * @param baseline the comparison that it opens with; null for none
   */
  MatrixReport(Matrix matrix, @Nullable MatrixBaseline baseline) {
    this.matrix = matrix;
    this.baseline = baseline;
  }

  private String title() {
    return matrix.executed().stream()
        .map(executed -> executed.notebook().title(matrix.name()))
        .findFirst()
        .orElse(matrix.name());
  }

  /** A whole page. */
  String html() {
    StringBuilder html = new StringBuilder("<header>\n<p class=\"run\"><span class=\"file\">");
    html.append(Html.escape(matrix.name()))
        .append("</span> · ")
        .append(matrix.points().size())
        .append(" runs</p>\n<h1>")
        .append(Html.escape(title()))
        .append("</h1>\n</header>\n<main>\n")
        .append(against());
    troubles()
        .forEach(text -> html.append("<p class=\"failure\">✗ ").append(text).append("</p>\n"));
    for (String title : matrix.titles()) {
      html.append("<h2>").append(Html.escape(title)).append("</h2>\n<div class=\"output\">");
      html.append(table(title)).append("</div>\n");
    }
    matrix.points().forEach(point -> html.append(section(point)));
    html.append("</main>\n<footer>\n<h2 id=\"record\">How this was measured</h2>\n")
        .append(HtmlReport.records(matrix.executed()));
    if (!matrix.titles().isEmpty()) {
      String name = matrix.name().replaceFirst("\\.ipynb$", "") + "-matrix.csv";
      html.append("<p>All runs: ")
          .append(Html.download("every run as CSV", name, "text/csv", matrix.csv()))
          .append(".</p>\n");
    }
    return Html.page(title(), html.append("</footer>\n").toString());
  }

  /** The verdict of each run, and what changed around them. */
  private String against() {
    if (baseline == null) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section class=\"baseline\">\n<p class=\"verdict");
    html.append(baseline.isWorse() ? " worse" : baseline.isFine() ? "" : " unclear")
        .append("\">")
        .append(Html.escape(baseline.verdict()))
        .append("</p>\n<div class=\"output\"><table>\n<tr><th>run</th><th>verdict</th></tr>\n");
    for (MatrixBaseline.Pair pair : baseline.pairs()) {
      html.append("<tr><th scope=\"row\">")
          .append(Html.escape(pair.point()))
          .append("</th><td>")
          .append(Html.escape(pair.verdict()))
          .append("</td></tr>\n");
    }
    html.append("</table></div>\n");
    List<String> differences = baseline.differences();
    html.append(
        differences.isEmpty()
            ? ""
            : "<p>What changed between the runs:</p>\n"
                + Html.list(differences, SHOWN_DIFFERENCES));
    return html.append("</section>\n").toString();
  }

  private List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    for (Point point : matrix.points()) {
      String name = Html.escape(point.text());
      if (point.executed().isEmpty()) {
        troubles.add(name + ": this run was not made.");
      }
      for (Executed executed : point.executed().stream().toList()) {
        executed
            .failed()
            .forEach(
                number -> troubles.add(name + ": it failed in " + executed.nameOf(number) + "."));
        executed.problems().forEach(problem -> troubles.add(name + ": " + Html.escape(problem)));
      }
    }
    return troubles;
  }

  private String table(String title) {
    StringBuilder html = new StringBuilder("<table>\n");
    boolean isFirst = true;
    for (List<String> row : rows(title, (value, change) -> value + "\n" + change)) {
      html.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        String tag = isFirst || i == 0 ? "th" : "td";
        html.append('<').append(tag).append(i == 0 ? ">" : " align=\"right\">");
        html.append(Html.escape(row.get(i)).replace("\n", "<br>"));
        html.append("</").append(tag).append('>');
      }
      html.append("</tr>\n");
      isFirst = false;
    }
    return html.append("</table>\n").toString();
  }

  /** A header row, then rows; settings in rows where the runs fit into columns. */
  private List<List<String>> rows(String title, BinaryOperator<String> join) {
    List<String> settings = matrix.settings(title);
    List<List<String>> rows = new ArrayList<>();
    if (matrix.points().size() <= WIDEST) {
      rows.add(first("setting", matrix.points().stream().map(Point::text)));
      for (String setting : settings) {
        rows.add(
            first(setting, matrix.points().stream().map(one -> cell(one, title, setting, join))));
      }
    } else {
      rows.add(first("run", settings.stream()));
      for (Point point : matrix.points()) {
        rows.add(first(point.text(), settings.stream().map(one -> cell(point, title, one, join))));
      }
    }
    return rows;
  }

  private static List<String> first(String head, Stream<String> others) {
    return Stream.concat(Stream.of(head), others).toList();
  }

  private static String cell(
      Point point, String title, String setting, BinaryOperator<String> join) {
    Outcome outcome = point.of(title, setting).orElse(new Outcome(setting, "–", ""));
    if (outcome.value().isEmpty() || outcome.change().isEmpty()) {
      return outcome.value() + outcome.change();
    }
    return join.apply(outcome.value(), outcome.change());
  }

  private String section(Point point) {
    if (point.executed().isEmpty()) {
      return "";
    }
    Executed executed = point.executed().get();
    Outputs outputs = new Outputs(new Markup(executed.folder()));
    StringBuilder html = new StringBuilder("<h2>");
    html.append(Html.escape(point.text())).append("</h2>\n").append(HtmlReport.doubts(executed));
    executed.results().forEach(results -> html.append(outputs.of(results.table())));
    if (baseline != null) {
      String name = Html.escape(baseline.name());
      for (Against against : compared(baseline, point)) {
        html.append("<p>Against ").append(name).append(":</p>\n");
        html.append(outputs.of(against.table()));
      }
    }
    for (Cell cell : executed.notebook().cells()) {
      if (cell.isCode()) {
        for (JsonNode output : cell.outputs()) {
          if (output.path("data").has(MimeBundle.VEGA_LITE)) {
            html.append(outputs.html(output));
          }
        }
      }
    }
    return html.toString();
  }

  private static List<Against> compared(MatrixBaseline baseline, Point point) {
    return baseline.of(point).stream()
        .flatMap(one -> one.pairs().stream())
        .flatMap(pair -> Optional.ofNullable(pair.against()).stream())
        .toList();
  }

  private String againstInMarkdown() {
    if (baseline == null) {
      return "";
    }
    StringBuilder text = new StringBuilder("**" + baseline.verdict() + ".**\n\n");
    text.append("| run | verdict |\n| :--- | :--- |\n");
    for (MatrixBaseline.Pair pair : baseline.pairs()) {
      text.append("| %s | %s |\n".formatted(pair.point(), pair.verdict().replace("|", "\\|")));
    }
    return text.append('\n').toString();
  }

  /** The tables and the doubts. */
  String markdown() {
    StringBuilder text = new StringBuilder("### " + title() + "\n\n`" + matrix.name() + "`, ");
    text.append(matrix.points().size()).append(" runs\n\n");
    text.append(againstInMarkdown());
    troubles().forEach(trouble -> text.append("**✗ ").append(trouble).append("**\n\n"));
    for (String title : matrix.titles()) {
      text.append("**").append(title).append("**\n\n");
      boolean isFirst = true;
      for (List<String> row : rows(title, (value, change) -> value + " (" + change + ")")) {
        text.append("| ").append(String.join(" | ", row)).append(" |\n");
        if (isFirst) {
          text.append("| :--- |").append(" ---: |".repeat(row.size() - 1)).append('\n');
        }
        isFirst = false;
      }
      text.append('\n');
    }
    for (Point point : matrix.points()) {
      for (Executed executed : point.executed().stream().toList()) {
        for (SavedResults results : executed.results()) {
          if (!results.doubts().isEmpty()) {
            text.append("- ")
                .append(point.text())
                .append(": ")
                .append(results.doubts().get(0))
                .append(results.doubts().size() > 1 ? " (and more)" : "")
                .append('\n');
          }
        }
      }
    }
    return text.toString().strip() + "\n";
  }
}
