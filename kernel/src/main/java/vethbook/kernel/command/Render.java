package vethbook.kernel.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vethbook.kernel.notebook.Notebook;
import vethbook.kernel.notebook.NotebookException;
import vethbook.kernel.report.Matrix;

@Command(
    name = "render",
    description = {
      "Make reports of executed notebooks, without running them: from what is saved in them."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0: all went well",
      "1: a report could not be written",
      "2: the command line asks for something that cannot be",
      "5: something got worse than in the --baseline"
    })
final class Render implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "NOTEBOOK",
      description =
          "Notebook files (.ipynb) with outputs; NAME-matrix.json for all runs of a matrix.")
  private List<Path> notebooks = new ArrayList<>();

  @Mixin private ReportOptions reports = new ReportOptions();

  @Override
  public Integer call() {
    if (!reports.any()) {
      throw new UsageException(
          "Cannot render without knowing what: say --html, --pdf, --md, --csv or --baseline");
    }
    boolean areMatrices = notebooks.stream().allMatch(Render::isMatrix);
    if (reports.hasBaseline() && !areMatrices && notebooks.stream().anyMatch(Render::isMatrix)) {
      throw new UsageException(
          "Cannot compare a matrix and single runs with one --baseline: render them one by one");
    }
    reports.check(notebooks, areMatrices);
    requireReadable();
    int worst = 0;
    for (Path notebook : notebooks) {
      if (isMatrix(notebook)) {
        worst = Math.max(worst, reports.matrix(0, notebook, false));
      } else {
        worst = Math.max(worst, reports.after(0, notebook, notebook, false));
      }
    }
    return worst;
  }

  private static boolean isMatrix(Path file) {
    return file.toString().endsWith(Matrix.SUFFIX);
  }

  /**
   * What is wrong with the files is wrong with the command line, and told before any is written.
   */
  private void requireReadable() {
    try {
      for (Path notebook : notebooks) {
        if (isMatrix(notebook)) {
          Matrix.read(notebook, List.of());
        } else {
          Notebook.read(notebook);
        }
      }
    } catch (NotebookException e) {
      throw new UsageException(e.describe(""));
    }
  }
}
