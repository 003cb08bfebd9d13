package vethbook.kernel.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/** Pieces of a page that stands for itself. */
final class Html {
  private static final String STYLE = "report.css";
  private static final int KILO = 1000;

  /** What a browser is to refuse even if a notebook's HTML asks for it: scripts and fetches. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;"
          + " media-src data:; form-action 'none'; base-uri 'none'";

  private Html() {}

  /** A whole page. */
  static String page(String title, String body) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="%s">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%s</title>
    <style>
    %s</style>
    </head>
    <body>
    %s</body>
    </html>
    """
        .formatted(POLICY, escape(title), style(), body);
  }

  private static String style() {
    try (InputStream in = Html.class.getResourceAsStream(STYLE)) {
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

  /** A list of texts; after the first ones, the others can be opened. */
  static String list(List<String> texts, int shown) {
    StringBuilder html = new StringBuilder(items(texts.subList(0, Math.min(shown, texts.size()))));
    if (texts.size() > shown) {
      html.append("<details><summary>and ")
          .append(texts.size() - shown)
          .append(" more</summary>")
          .append(items(texts.subList(shown, texts.size())))
          .append("</details>\n");
    }
    return html.toString();
  }

  private static String items(List<String> texts) {
    StringBuilder html = new StringBuilder("<ul>\n");
    texts.forEach(text -> html.append("<li>").append(escape(text)).append("</li>\n"));
    return html.append("</ul>\n").toString();
  }

  /** Names and values side by side. */
  static String facts(Map<String, String> facts) {
    StringBuilder html = new StringBuilder("<table class=\"facts\">\n");
    facts.forEach(
        (name, value) ->
            html.append("<tr><th scope=\"row\">")
                .append(escape(name))
                .append("</th><td>")
                .append(escape(value))
                .append("</td></tr>\n"));
    return html.append("</table>\n").toString();
  }

  /** A link that saves a file that is in the page itself. */
  static String download(String label, String file, String type, String content) {
    return download(label, file, type + ";charset=utf-8", content.getBytes(StandardCharsets.UTF_8));
  }

  /** The same, compressed with gzip, which makes a tenth of JSON. */
  static String compressed(String label, String file, String content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory can always be written
    }
    return download(label, file, "application/gzip", bytes.toByteArray());
  }

  private static String download(String label, String file, String type, byte[] bytes) {
    return "<a class=\"download\" download=\"%s\" href=\"data:%s;base64,%s\">%s</a> (%s)"
        .formatted(
            escape(file),
            type,
            Base64.getEncoder().encodeToString(bytes),
            escape(label),
            size(bytes.length));
  }

  private static String size(int bytes) {
    return bytes < KILO
        ? bytes + " bytes"
        : String.format(Locale.ROOT, "%.0f kB", (double) bytes / KILO);
  }
}
