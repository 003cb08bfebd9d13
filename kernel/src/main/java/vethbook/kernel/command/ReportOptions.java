package vethbook.kernel.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vethbook.kernel.notebook.NotebookException;
import vethbook.kernel.report.Executed;
import vethbook.kernel.report.Matrix;
import vethbook.kernel.report.Reports;

/** What a command makes of an executed notebook. */
final class ReportOptions {
  /** The exit status when something got worse than in the baseline. */
  static final int REGRESSION = 5;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a report: one HTML file that opens anywhere; a folder for several.")
  private @Nullable Path html;

  @Option(
      names = "--pdf",
      paramLabel = "FILE",
      description = "Print the report to PDF; needs Chromium or Chrome.")
  private @Nullable Path pdf;

  @Option(
      names = "--md",
      paramLabel = "FILE",
      description = "Write the tables and doubts as Markdown, for a pull request.")
  private @Nullable Path markdown;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write every measured round as comma-separated values.")
  private @Nullable Path csv;

  @Option(names = "--no-code", description = "Leave the cells' code out of the report.")
  private boolean noCode;

  @Option(
      names = "--baseline",
      paramLabel = "OLD.ipynb",
      description = {
        "Compare with the results that an earlier executed notebook keeps; a matrix with those of"
            + " an earlier NAME-matrix.json.",
        "Ends with exit code 5 when something got worse."
      })
  private @Nullable Path baseline;

  /** What the baseline held before anything was run, which may write over it. */
  private @Nullable Executed earlier;

  private @Nullable Matrix earlierMatrix;

  /** Whether any report or comparison is asked for. */
  boolean any() {
    return html != null || pdf != null || markdown != null || csv != null || baseline != null;
  }

  boolean hasBaseline() {
    return baseline != null;
  }

  /**
   * Before anything is run.
   *
   * @param areMatrices true for reports of matrices, which are compared with matrices
   * @throws UsageException for what cannot be written, or not be compared with
   */
  void check(List<Path> notebooks, boolean areMatrices) {
    folderForSeveral("--html", html, notebooks);
    folderForSeveral("--pdf", pdf, notebooks);
    folderForSeveral("--md", markdown, notebooks);
    folderForSeveral("--csv", csv, notebooks);
    try {
      notebooks.forEach(notebook -> of(notebook).requireWritable());
      if (baseline != null) {
        readBaseline(baseline, areMatrices);
      }
    } catch (NotebookException e) {
      throw new UsageException(e.describe(""));
    }
  }

  private static void folderForSeveral(String option, @Nullable Path place, List<Path> notebooks) {
    if (notebooks.size() > 1 && place != null && !Files.isDirectory(place)) {
      throw new UsageException(
          "Cannot write several reports to one file: "
              + option
              + " must name a folder that exists");
    }
  }

  private void readBaseline(Path file, boolean isMatrix) {
    boolean namesMatrix = file.toString().endsWith(Matrix.SUFFIX);
    if (namesMatrix != isMatrix) {
      throw incomparable(
          file,
          isMatrix ? "it is one run, not a matrix" : "it is a matrix, not one run",
          isMatrix
              ? "name the NAME-matrix.json that an earlier --matrix has written"
              : "name one of the notebooks that it names");
    }
    if (isMatrix) {
      earlierMatrix = Matrix.read(file, Extensions.all());
      if (!earlierMatrix.hasResults()) {
        throw incomparable(
            file,
            "its notebooks keep no measured results",
            "keep the notebooks that it names beside it");
      }
      return;
    }
    earlier = Executed.read(file, file.toString(), Extensions.all());
    if (earlier.results().isEmpty()) {
      throw incomparable(
          file,
          earlier.problems().isEmpty() ? "it keeps no measured results" : earlier.problems().get(0),
          "name a notebook that 'vethbook run' has executed");
    }
  }

  private static UsageException incomparable(Path file, String reason, String next) {
    return new UsageException("Cannot compare with " + file + ": " + reason + "\n  next:  " + next);
  }

  /**
   * Writes the reports of an executed notebook, also of one that failed, and says where they are.
   *
   * @param exit the exit status so far
   * @param executed the file that has the outputs
   * @param notebook the one that people know, for the reports' names
   * @return the exit status with what the reports found
   */
  int after(int exit, Path executed, Path notebook, boolean quiet) {
    if (!any()) {
      return exit;
    }
    Executed now =
        Executed.read(executed, String.valueOf(notebook.getFileName()), Extensions.all());
    Reports.Written written = of(notebook).write(now, earlier);
    say(written, quiet);
    return exit == 0 && written.isWorse() ? REGRESSION : exit;
  }

  /**
   * Writes one report of all runs of a matrix.
   *
   * @param exit the exit status so far
   * @param file which of them belong together: {@code NAME-matrix.json}
   * @return the exit status with what the report found
   */
  int matrix(int exit, Path file, boolean quiet) {
    if (!any()) {
      return exit;
    }
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.json$", ".ipynb");
    Matrix now = Matrix.read(file, Extensions.all());
    Reports.Written written = of(Path.of(name)).write(now, earlierMatrix);
    say(written, quiet);
    return exit == 0 && written.isWorse() ? REGRESSION : exit;
  }

  private void say(Reports.Written written, boolean quiet) {
    if (quiet) {
      return;
    }
    PrintStream err = err();
    written.files().forEach(file -> err.println("  report:   " + file));
    if (!written.verdict().isEmpty()) {
      err.println("  verdict:  " + written.verdict());
    }
  }

  /** In UTF-8: signs of verdicts are no letters of every locale. */
  private static PrintStream err() {
    return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  }

  private Reports of(Path notebook) {
    return new Reports(
        place(html, notebook, ".html"),
        place(pdf, notebook, ".pdf"),
        place(markdown, notebook, ".md"),
        place(csv, notebook, ".csv"),
        !noCode);
  }

  private static @Nullable Path place(@Nullable Path given, Path notebook, String suffix) {
    return given != null && Files.isDirectory(given)
        ? given.resolve(name(notebook) + suffix)
        : given;
  }

  private static String name(Path notebook) {
    return String.valueOf(notebook.getFileName()).replaceFirst("\\.ipynb$", "");
  }
}
