package vethbook.kernel.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import vethbook.extension.MimeBundle;
import vethbook.kernel.notebook.Ansi;
import vethbook.kernel.notebook.Cell;
import vethbook.kernel.notebook.Notebook;
import vethbook.kernel.notebook.RunRecord;

/**
 * A notebook as one HTML file that needs no scripts and fetches nothing: it opens offline, in light
 * and dark, and on paper.
 */
final class HtmlReport {
  private static final String STYLE = "report.css";

  /** From what a report shows best to what it shows at need. */
  private static final List<String> PREFERRED =
      List.of(
          MimeBundle.SVG,
          MimeBundle.PNG,
          "image/jpeg",
          MimeBundle.HTML,
          MimeBundle.MARKDOWN,
          MimeBundle.PLAIN);

  private final Parser parser =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();
  private final HtmlRenderer renderer =
      HtmlRenderer.builder()
          .extensions(List.of(TablesExtension.create()))
          .escapeHtml(true)
          .sanitizeUrls(true)
          .build();
  private final StringBuilder html = new StringBuilder();

  private final boolean hasCode;

  private HtmlReport(boolean hasCode) {
    this.hasCode = hasCode;
  }

  /**
   * The report's text.
   *
   * @param file the notebook's name, shown on top
   * @param hasCode false to leave the code out
   */
  static String of(Notebook notebook, String file, boolean hasCode) {
    HtmlReport report = new HtmlReport(hasCode);
    RunRecord run = RunRecord.in(notebook);
    Map<String, String> record = new LinkedHashMap<>(run.facts());
    if (!run.parameters().isEmpty()) {
      record.put("parameters", run.parameterText());
    }
    report.head(notebook.title(file), file, record);
    report.failures(notebook);
    int number = 0;
    for (Cell cell : notebook.cells()) {
      number++;
      if (cell.isMarkdown()) {
        report.markdown(cell.source());
      } else if (cell.isCode()) {
        report.code(cell, number);
      }
    }
    report.foot(record);
    return report.html.toString();
  }

  private void head(String title, String file, Map<String, String> record) {
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>")
        .append(escape(title))
        .append("</title>\n<style>\n")
        .append(style())
        .append("</style>\n</head>\n<body>\n<header><span class=\"file\">")
        .append(escape(file))
        .append("</span>");
    for (String key : List.of("parameters", "finished")) {
      if (record.containsKey(key)) {
        html.append(" · ").append(escape(record.get(key)));
      }
    }
    html.append("</header>\n<main>\n");
  }

  private void failures(Notebook notebook) {
    int number = 0;
    for (Cell cell : notebook.cells()) {
      number++;
      if (cell.isCode() && cell.hasFailed()) {
        html.append("<p class=\"failure\">✗ This run failed in <a href=\"#cell-")
            .append(number)
            .append("\">cell ")
            .append(cell.count() == 0 ? number : cell.count())
            .append("</a>; what follows it was not run.</p>\n");
      }
    }
  }

  private void markdown(String source) {
    html.append(renderer.render(parser.parse(source)));
  }

  private void code(Cell cell, int number) {
    String source = cell.source();
    if (source.isBlank() && cell.outputs().isEmpty()) {
      return;
    }
    if (hasCode) {
      source(cell, number);
    }
    for (JsonNode output : cell.outputs()) {
      output(output);
    }
  }

  private void source(Cell cell, int number) {
    String source = cell.source();
    String first = source.strip().lines().findFirst().orElse("");
    html.append("<details class=\"code\" id=\"cell-")
        .append(number)
        .append("\"><summary>")
        .append(cell.count() == 0 ? "not run " : "cell " + cell.count() + " ")
        .append("<code>")
        .append(escape(first))
        .append("</code></summary><pre><code>")
        .append(escape(source))
        .append("</code></pre></details>\n");
  }

  private void output(JsonNode output) {
    switch (output.path("output_type").asText()) {
      case "stream" -> {
        String kind = output.path("name").asText().equals("stderr") ? "stderr" : "stdout";
        pre(kind, Cell.text(output.path("text")));
      }
      case "error" -> pre("error", error(output));
      default -> bundle(output.path("data"));
    }
  }

  private static String error(JsonNode output) {
    StringBuilder text = new StringBuilder();
    output.path("traceback").forEach(line -> text.append(line.asText()).append('\n'));
    String traceback = Ansi.strip(text.toString()).strip();
    return traceback.isEmpty()
        ? output.path("ename").asText() + ": " + output.path("evalue").asText()
        : traceback;
  }

  private void bundle(JsonNode data) {
    for (String type : PREFERRED) {
      if (data.has(type) && !hasScript(type, data)) {
        content(type, Cell.text(data.get(type)));
        return;
      }
    }
  }

  /** A report runs no scripts; the value's text says more than a dead picture. */
  private static boolean hasScript(String type, JsonNode data) {
    return type.equals(MimeBundle.HTML)
        && data.has(MimeBundle.PLAIN)
        && Cell.text(data.get(type)).contains("<script");
  }

  private void content(String type, String text) {
    switch (type) {
      case MimeBundle.SVG -> block(text.substring(Math.max(0, text.indexOf("<svg"))));
      case MimeBundle.PNG, "image/jpeg" ->
          block("<img alt=\"\" src=\"data:%s;base64,%s\">".formatted(type, text.replace("\n", "")));
      case MimeBundle.HTML -> block(text);
      case MimeBundle.MARKDOWN -> block(renderer.render(parser.parse(text)));
      default -> pre("result", text);
    }
  }

  private void block(String content) {
    html.append("<div class=\"output\">").append(content).append("</div>\n");
  }

  private void pre(String kind, String text) {
    html.append("<div class=\"output\"><pre class=\"")
        .append(kind)
        .append("\">")
        .append(escape(Ansi.strip(text)))
        .append("</pre></div>\n");
  }

  private void foot(Map<String, String> record) {
    html.append("</main>\n<footer>\n<h2>How this was run</h2>\n<table>\n");
    record.forEach(
        (key, value) ->
            html.append("<tr><td>")
                .append(escape(key))
                .append("</td><td>")
                .append(escape(value))
                .append("</td></tr>\n"));
    html.append("</table>\n</footer>\n</body>\n</html>\n");
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
      return new String(Objects.requireNonNull(in, STYLE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
