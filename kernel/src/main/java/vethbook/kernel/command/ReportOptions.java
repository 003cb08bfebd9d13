package vethbook.kernel.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import vethbook.kernel.notebook.Notebook;
import vethbook.kernel.notebook.NotebookException;
import vethbook.kernel.report.Reports;

/** What a command makes of an executed notebook. */
final class ReportOptions {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a report: one HTML file that opens anywhere; a folder for several.")
  private @Nullable Path html;

  @Option(names = "--no-code", description = "Leave the cells' code out of reports.")
  private boolean noCode;

  /** Whether any report is asked for. */
  boolean any() {
    return html != null;
  }

  /**
   * Before anything is run.
   *
   * @throws UsageException for what cannot be written
   */
  void check(List<Path> notebooks) {
    if (notebooks.size() > 1 && html != null && !Files.isDirectory(html)) {
      throw new UsageException(
          "Cannot write several reports to one file: --html must name a folder that exists");
    }
    try {
      notebooks.forEach(notebook -> of(notebook).requireWritable());
    } catch (NotebookException e) {
      throw new UsageException(e.describe(""));
    }
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
    List<Path> written =
        of(notebook).write(Notebook.read(executed), String.valueOf(notebook.getFileName()));
    if (!quiet) {
      written.forEach(file -> command.commandLine().getErr().println("  report:   " + file));
    }
    return exit;
  }

  private Reports of(Path notebook) {
    return new Reports(place(html, notebook, ".html"), !noCode);
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
