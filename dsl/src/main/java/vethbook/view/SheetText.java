package vethbook.view;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vethbook.view.Sheet.Cell;
import vethbook.view.Sheet.Heading;

/** A table as Markdown, and as columns for a terminal. */
final class SheetText {
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

  /** Columns two blanks apart. */
  String plain() {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    if (!sheet.caption().isEmpty()) {
      text.append(sheet.caption()).append('\n');
    }
    text.append(padded(widths, (at, width) -> pad(at, sheet.headings().get(at).text(), width)));
    text.append(padded(widths, (at, width) -> "─".repeat(width)));
    for (List<Cell> row : sheet.rows()) {
      text.append(padded(widths, (at, width) -> pad(at, oneLine(row.get(at).text()), width)));
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

  private static String padded(int[] widths, BiFunction<Integer, Integer, String> cell) {
    return IntStream.range(0, widths.length)
            .mapToObj(at -> cell.apply(at, widths[at]))
            .collect(Collectors.joining("  "))
            .stripTrailing()
        + "\n";
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

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\|`*_\\[\\]])", "\\\\$1");
  }
}
