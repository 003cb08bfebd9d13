package vethbook.kernel.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.notebook.Notebook;
import vethbook.kernel.notebook.NotebookException;

/**
 * The reports of one executed notebook.
 *
 * @param html where the page goes; null for none
 * @param hasCode false to leave the code out
 */
public record Reports(@Nullable Path html, boolean hasCode) {
  /**
   * Tries the places before hours of measuring end in nothing.
   *
   * @throws NotebookException if one of the files cannot be written
   */
  public void requireWritable() {
    if (html != null) {
      Notebook.requireWritable(html);
    }
  }

  /**
   * Writes them.
   *
   * @param name of the notebook, shown on top
   * @return the files that were written
   * @throws NotebookException if one cannot be
   */
  public List<Path> write(Notebook notebook, String name) {
    List<Path> written = new ArrayList<>();
    if (html != null) {
      write(html, HtmlReport.of(notebook, name, hasCode));
      written.add(html);
    }
    return written;
  }

  private static void write(Path file, String text) {
    try {
      Notebook.writeAtomically(file, text);
    } catch (IOException e) {
      throw new NotebookException("Cannot write report " + file + ": " + e.getMessage(), null, e);
    }
  }
}
