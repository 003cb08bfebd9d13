package vethbook.view;

import java.util.List;
import vethbook.extension.MimeBundle;

/**
 * A table as it is shown: every cell already text.
 *
 * @param caption above it; may be empty
 * @param headings of its columns
 * @param rows of cells, as many in each as there are headings
 * @param notes below it, a sentence each
 */
record Sheet(String caption, List<Heading> headings, List<List<Cell>> rows, List<String> notes) {
  Sheet {
    headings = List.copyOf(headings);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /** HTML, Markdown and text. */
  MimeBundle bundle() {
    return MimeBundle.of(MimeBundle.HTML, new SheetHtml(this).text())
        .and(MimeBundle.MARKDOWN, new SheetText(this).markdown())
        .and(MimeBundle.PLAIN, new SheetText(this).plain());
  }

  /**
   * The head of a column.
   *
   * @param number whether it stands at the right, as numbers do
   */
  record Heading(String text, boolean number) {}

  /** What a cell shows, and in which tone. */
  record Cell(String text, Tone tone) {
    static Cell of(String text) {
      return new Cell(text, Tone.NORMAL);
    }
  }

  /** How a cell speaks; never by colour alone. */
  enum Tone {
    NORMAL(""),
    STRONG("font-weight:600"),
    MUTED("opacity:.65"),
    /** Both colours can be read on white and on black. */
    GOOD("color:#1f8f4d;font-weight:600"),
    BAD("color:#d1453b;font-weight:600");

    private final String style;

    Tone(String style) {
      this.style = style;
    }

    String style() {
      return style;
    }
  }
}
