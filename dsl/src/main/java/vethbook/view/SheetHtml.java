package vethbook.view;

import java.util.List;
import vethbook.view.Sheet.Cell;
import vethbook.view.Sheet.Heading;
import vethbook.view.Sheet.Tone;

/**
 * A table as HTML that needs no script and no style sheet, because code hosts and sanitisers take
 * both away: alignment is said twice, as attribute and as style, and all colours but two are the
 * page's own, so that it fits light and dark pages.
 */
final class SheetHtml {
  private static final String LINE = "rgba(128,128,128,.35)";
  private static final String NUMBERS = "text-align:right;font-variant-numeric:tabular-nums;";

  private final Sheet sheet;
  private final StringBuilder html = new StringBuilder();

  SheetHtml(Sheet sheet) {
    this.sheet = sheet;
  }

  String text() {
    html.append("<div style=\"overflow-x:auto;max-width:100%;margin:4px 0 10px\">\n");
    html.append("<table style=\"border-collapse:collapse;border:none;margin:4px 0\">\n");
    if (!sheet.caption().isEmpty()) {
      html.append("<caption style=\"caption-side:top;text-align:left;font-weight:600;")
          .append("padding:0 0 6px;color:inherit\">")
          .append(SvgPicture.escape(sheet.caption()))
          .append("</caption>\n");
    }
    if (sheet.headings().stream().anyMatch(heading -> !heading.text().isEmpty())) {
      html.append("<thead><tr>");
      sheet.headings().forEach(this::heading);
      html.append("</tr></thead>\n");
    }
    html.append("<tbody>\n");
    sheet.rows().forEach(this::row);
    html.append("</tbody>\n</table>\n");
    for (String note : sheet.notes()) {
      html.append("<div style=\"font-size:90%;opacity:.75;margin:2px 0\">")
          .append(SvgPicture.escape(note))
          .append("</div>\n");
    }
    return html.append("</div>").toString();
  }

  private void heading(Heading heading) {
    html.append("<th")
        .append(align(heading))
        .append(" style=\"")
        .append(heading.number() ? NUMBERS : "text-align:left;")
        .append("padding:4px 12px 4px 4px;border:none;border-bottom:1.5px solid ")
        .append(LINE)
        .append(";vertical-align:bottom\">")
        .append(SvgPicture.escape(heading.text()))
        .append("</th>");
  }

  private void row(List<Cell> cells) {
    html.append("<tr style=\"border-bottom:1px solid ").append(LINE).append("\">");
    for (int i = 0; i < cells.size(); i++) {
      cell(sheet.headings().get(i), cells.get(i));
    }
    html.append("</tr>\n");
  }

  private void cell(Heading heading, Cell cell) {
    html.append("<td")
        .append(align(heading))
        .append(" style=\"")
        .append(heading.number() ? NUMBERS + "white-space:nowrap;" : "text-align:left;")
        .append("padding:4px 12px 4px 4px;border:none")
        .append(cell.tone() == Tone.NORMAL ? "" : ";" + cell.tone().style())
        .append("\">")
        .append(SvgPicture.escape(cell.text()).replace("\n", "<br>"))
        .append("</td>");
  }

  private static String align(Heading heading) {
    return heading.number() ? " align=\"right\"" : " align=\"left\"";
  }
}
