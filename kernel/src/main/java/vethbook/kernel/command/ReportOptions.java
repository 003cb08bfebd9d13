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
        "Compare with the results that an earlier executed notebook keeps.",
        "Ends with exit code 5 when something got worse."
      })
  private @Nullable Path baseline;

  /** Whether any report or comparison is asked for. */
  boolean any() {
    return html != null || pdf != null || markdown != null || csv != null || baseline != null;
  }

  /**
   * Before anything is run.
   *
   * @throws UsageException for what cannot be written, or not be compared with
   */
  void check(List<Path> notebooks) {
    folderForSeveral("--html", html, notebooks);
    folderForSeveral("--pdf", pdf, notebooks);
    folderForSeveral("--md", markdown, notebooks);
    folderForSeveral("--csv", csv, notebooks);
    try {
      notebooks.forEach(notebook -> of(notebook).requireWritable());
      earlier();
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

  private @Nullable Executed earlier() {
    if (baseline == null) {
      return null;
    }
    Executed then = Executed.read(baseline, baseline.toString(), Extensions.all());
    if (then.results().isEmpty()) {
      String reason =
          then.problems().isEmpty() ? "it keeps no measured results" : then.problems().get(0);
      throw new UsageException(
          "Cannot compare with "
              + baseline
              + ": "
              + reason
              + "\n  next:  name a notebook that 'vethbook run' has executed");
    }
    return then;
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
    Reports.Written written = of(notebook).write(now, earlier());
    say(written, quiet);
    return exit == 0 && written.isWorse() ? REGRESSION : exit;
  }

  /**
   * Writes one report of all runs of a matrix.
   *
   * @param file which of them belong together: {@code NAME-matrix.json}
   */
  void matrix(Path file, boolean quiet) {
    if (baseline != null) {
      err()
          .println(
              "Not compared with %s: a matrix has several runs.%n  next:  vethbook render RUN.ipynb --baseline %s"
                  .formatted(baseline, baseline));
    }
    if (html == null && pdf == null && markdown == null && csv == null) {
      return;
    }
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.json$", ".ipynb");
    say(of(Path.of(name)).write(Matrix.read(file, Extensions.all())), quiet);
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
