package vethbook.view;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vethbook.view.Sheet.Cell;
import vethbook.view.Sheet.Heading;

/** A table as Markdown, and as columns for a terminal. */
final class SheetText {
  private static final int WIDEST = 100;
  private static final int NARROWEST = 14;

  private final Sheet sheet;

  SheetText(Sheet sheet) {
    this.sheet = sheet;
  }

  /** A table as code hosts read it (GitHub Flavored Markdown, section 4.10). */
  String markdown() {
    StringBuilder text = new StringBuilder();
    if (!sheet.caption().isEmpty()) {
      text.append("**").append(escape(sheet.caption())).append("**\n\n");
    }
    text.append(line(sheet.headings().stream().map(Heading::text).toList()));
    text.append(
        sheet.headings().stream()
            .map(heading -> heading.number() ? "---:" : ":---")
            .collect(Collectors.joining(" | ", "| ", " |\n")));
    for (List<Cell> row : sheet.rows()) {
      text.append(line(row.stream().map(Cell::text).toList()));
    }
    sheet.notes().forEach(note -> text.append('\n').append(escape(note)).append('\n'));
    return text.toString();
  }

  /**
   * Columns two blanks apart, in no more than 100 characters a line where words can be broken: the
   * widest columns of words become narrower, and what does not fit continues below.
   */
  String plain() {
    int[] widths = fitted(widths());
    StringBuilder text = new StringBuilder();
    if (!sheet.caption().isEmpty()) {
      text.append(sheet.caption()).append('\n');
    }
    if (sheet.headings().stream().anyMatch(heading -> !heading.text().isEmpty())) {
      append(text, widths, sheet.headings().stream().map(Heading::text).toList());
      append(text, widths, IntStream.of(widths).mapToObj("─"::repeat).toList());
    }
    for (List<Cell> row : sheet.rows()) {
      append(text, widths, row.stream().map(cell -> oneLine(cell.text())).toList());
    }
    sheet.notes().forEach(note -> text.append(note).append('\n'));
    return text.toString().stripTrailing();
  }

  private int[] widths() {
    return IntStream.range(0, sheet.headings().size())
        .map(
            at ->
                Math.max(
                    Columns.width(sheet.headings().get(at).text()),
                    sheet.rows().stream()
                        .mapToInt(row -> Columns.width(oneLine(row.get(at).text())))
                        .max()
                        .orElse(0)))
        .toArray();
  }

  private int[] fitted(int[] widths) {
    int[] narrower = widths.clone();
    if (sum(narrower) > WIDEST) {
      narrower = IntStream.range(0, widths.length).map(this::withBrokenHeading).toArray();
    }
    int over = sum(narrower) - WIDEST;
    while (over > 0) {
      int widest = -1;
      for (int at = 0; at < narrower.length; at++) {
        boolean breaks = !sheet.headings().get(at).number() && narrower[at] > NARROWEST;
        if (breaks && (widest < 0 || narrower[at] > narrower[widest])) {
          widest = at;
        }
      }
      if (widest < 0) {
        return narrower;
      }
      narrower[widest]--;
      over--;
    }
    return narrower;
  }

  private static int sum(int[] widths) {
    return IntStream.of(widths).sum() + 2 * (widths.length - 1);
  }

  /** How wide a column is whose heading stands with one word in each line. */
  private int withBrokenHeading(int at) {
    int cells =
        sheet.rows().stream()
            .mapToInt(row -> Columns.width(oneLine(row.get(at).text())))
            .max()
            .orElse(0);
    int word =
        java.util.Arrays.stream(sheet.headings().get(at).text().split(" "))
            .mapToInt(Columns::width)
            .max()
            .orElse(0);
    return Math.max(cells, word);
  }

  /** One row, in as many lines as its longest cell needs. */
  private void append(StringBuilder text, int[] widths, List<String> cells) {
    List<List<String>> broken =
        IntStream.range(0, widths.length)
            .mapToObj(at -> Columns.broken(cells.get(at), widths[at]))
            .toList();
    int lines = broken.stream().mapToInt(List::size).max().orElse(0);
    for (int line = 0; line < lines; line++) {
      StringBuilder joined = new StringBuilder();
      for (int at = 0; at < widths.length; at++) {
        List<String> cell = broken.get(at);
        joined.append(at == 0 ? "" : "  ");
        joined.append(pad(at, line < cell.size() ? cell.get(line) : "", widths[at]));
      }
      text.append(joined.toString().stripTrailing()).append('\n');
    }
  }

  private String pad(int at, String text, int width) {
    return sheet.headings().get(at).number()
        ? Columns.right(text, width)
        : Columns.left(text, width);
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> escape(oneLine(cell)))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\|`*_\\[\\]])", "\\\\$1");
  }
}
