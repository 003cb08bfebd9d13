package vethbook.kernel.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.notebook.Notebook;
import vethbook.kernel.notebook.NotebookException;

/**
 * The reports that are made of one executed notebook.
 *
 * @param html where the page goes; null for none, as for the others
 * @param pdf where its print goes
 * @param markdown where the summary for a pull request goes
 * @param csv where the raw rounds go
 * @param hasCode false to leave the code out
 */
public record Reports(
    @Nullable Path html,
    @Nullable Path pdf,
    @Nullable Path markdown,
    @Nullable Path csv,
    boolean hasCode) {
  /**
   * Tries the places before hours of measuring end in nothing.
   *
   * @throws NotebookException if one of the files cannot be written, or made on this machine
   */
  public void requireWritable() {
    for (Path file : new Path[] {html, pdf, markdown, csv}) {
      if (file != null) {
        Notebook.requireWritable(file);
      }
    }
    if (pdf != null) {
      Chromium.require();
    }
  }

  /**
   * Writes them.
   *
   * @param then an earlier run to compare with; null for none
   * @throws NotebookException if one cannot be written
   */
  public Written write(Executed executed, @Nullable Executed then) {
    Baseline baseline = then == null ? null : Baseline.of(executed, then);
    List<Path> files =
        write(
            () -> HtmlReport.of(executed, baseline, hasCode),
            () -> MarkdownReport.of(executed, baseline),
            () -> csv(executed));
    return new Written(
        files,
        baseline == null ? "" : baseline.verdict(),
        baseline != null && !baseline.regressions().isEmpty());
  }

  /**
   * Writes them of several runs together.
   *
   * @param then an earlier matrix to compare with; null for none
   * @throws NotebookException if one cannot be written
   */
  public Written write(Matrix matrix, @Nullable Matrix then) {
    MatrixBaseline baseline = then == null ? null : MatrixBaseline.of(matrix, then, then.file());
    MatrixReport report = new MatrixReport(matrix, baseline);
    return new Written(
        write(report::html, report::markdown, matrix::csv),
        baseline == null ? "" : baseline.verdict(),
        baseline != null && baseline.isWorse());
  }

  private List<Path> write(
      Supplier<String> page, Supplier<String> summary, Supplier<String> rounds) {
    List<Path> files = new ArrayList<>();
    if (html != null || pdf != null) {
      String text = page.get();
      if (html != null) {
        write(html, text, files);
      }
      if (pdf != null) {
        Chromium.print(text, pdf);
        files.add(pdf);
      }
    }
    if (markdown != null) {
      write(markdown, summary.get(), files);
    }
    if (csv != null) {
      write(csv, rounds.get(), files);
    }
    return files;
  }

  private static String csv(Executed executed) {
    if (executed.results().isEmpty()) {
      throw new NotebookException(
          "Cannot write the rounds of " + executed.name() + " as CSV: it keeps no results",
          "run it again: 'vethbook run' keeps what its experiments measure",
          null);
    }
    return Csv.of(executed.results());
  }

  private static void write(Path file, String text, List<Path> files) {
    try {
      Notebook.writeAtomically(file, text);
      files.add(file);
    } catch (IOException e) {
      throw new NotebookException("Cannot write report " + file + ": " + e.getMessage(), null, e);
    }
  }

  /**
   * What came of it.
   *
   * @param verdict against the earlier run, in a line; empty without one
   */
  public record Written(List<Path> files, String verdict, boolean isWorse) {}
}
