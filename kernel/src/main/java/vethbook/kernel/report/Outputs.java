package vethbook.kernel.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import vethbook.extension.MimeBundle;
import vethbook.kernel.notebook.Ansi;
import vethbook.kernel.notebook.Cell;

/** What cells showed, as HTML that needs no scripts. */
final class Outputs {
  private static final String LATEX = "text/latex";
  private static final int LONGEST = 100_000;
  private static final int BEGINNING = 60_000;
  private static final int END = 20_000;

  /** From what a report shows best to what it shows at need. */
  private static final List<String> PREFERRED =
      List.of(
          MimeBundle.SVG,
          MimeBundle.PNG,
          "image/jpeg",
          "image/gif",
          "image/webp",
          MimeBundle.HTML,
          MimeBundle.MARKDOWN,
          LATEX,
          MimeBundle.PLAIN,
          "application/json");

  private final Markup markup;

  Outputs(Markup markup) {
    this.markup = markup;
  }

  String html(JsonNode output) {
    return switch (output.path("output_type").asText()) {
      case "stream" -> {
        String kind = output.path("name").asText().equals("stderr") ? "stderr" : "stdout";
        yield pre(kind, Cell.text(output.path("text")));
      }
      case "error" -> pre("error", error(output));
      default -> bundle(output.path("data"), output.path("metadata"));
    };
  }

  private static String error(JsonNode output) {
    StringBuilder text = new StringBuilder();
    output.path("traceback").forEach(line -> text.append(line.asText()).append('\n'));
    String traceback = Ansi.strip(text.toString()).strip();
    return traceback.isEmpty()
        ? output.path("ename").asText() + ": " + output.path("evalue").asText()
        : traceback;
  }

  private String bundle(JsonNode data, JsonNode hints) {
    for (String type : PREFERRED) {
      if (data.has(type) && !hasScript(type, data)) {
        JsonNode content = data.get(type);
        return content(
            type, content.isObject() ? content.toPrettyString() : Cell.text(content), hints, data);
      }
    }
    return data.isEmpty() ? "" : pre("result", "[a value that only " + names(data) + " shows]");
  }

  private static String names(JsonNode data) {
    return String.join(", ", data.properties().stream().map(one -> one.getKey()).toList());
  }

  /** A report runs no scripts; the value's text says more than a dead picture. */
  private static boolean hasScript(String type, JsonNode data) {
    return type.equals(MimeBundle.HTML)
        && data.has(MimeBundle.PLAIN)
        && Cell.text(data.get(type)).contains("<script");
  }

  private String content(String type, String text, JsonNode hints, JsonNode data) {
    return switch (type) {
      case MimeBundle.SVG -> block(text.substring(Math.max(0, text.indexOf("<svg"))));
      case MimeBundle.HTML -> block(text);
      case MimeBundle.MARKDOWN -> block(markup.output(text));
      case LATEX -> block(markup.latex(text));
      default ->
          type.startsWith("image/") ? block(image(type, text, hints, data)) : pre("result", text);
    };
  }

  private static String image(String type, String base64, JsonNode hints, JsonNode data) {
    JsonNode width = hints.path(type).path("width");
    return "<img alt=\"%s\"%s src=\"data:%s;base64,%s\">"
        .formatted(
            Html.escape(Cell.text(data.path(MimeBundle.PLAIN))),
            width.isInt() ? " width=\"" + width.asInt() + "\"" : "",
            type,
            base64.replace("\n", ""));
  }

  private static String block(String content) {
    return "<div class=\"output\">" + content + "</div>\n";
  }

  private static String pre(String kind, String text) {
    return "<div class=\"output\"><pre class=\"%s\">%s</pre></div>\n"
        .formatted(kind, TerminalText.html(shortened(text)));
  }

  /** A report is to be opened on a phone: of megabytes it has the beginning and the end. */
  static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int head = text.lastIndexOf('\n', BEGINNING) + 1;
    int begin = head == 0 ? BEGINNING : head;
    int tail = text.indexOf('\n', text.length() - END) + 1;
    int end = tail == 0 || tail == text.length() ? text.length() - END : tail;
    return text.substring(0, begin)
        + (head == 0 ? "\n" : "")
        + String.format(
            Locale.ROOT,
            "… %,d characters are left out here; the executed notebook has them …\n",
            end - begin)
        + text.substring(end);
  }

  /** A table that a DSL made. */
  String of(MimeBundle bundle) {
    Object html = bundle.data().get(MimeBundle.HTML);
    return html == null ? pre("result", bundle.text()) : block(html.toString());
  }
}
