package vethbook.kernel.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vethbook.kernel.notebook.Cell;
import vethbook.kernel.notebook.Notebook;
import vethbook.kernel.session.Rehearsal;

@Command(
    name = "rehearse",
    hidden = true,
    description = "Do what a kernel and a run do first; the launcher keeps the classes that takes.")
final class Rehearse implements Callable<Integer> {
  private static final List<String> ANY_SESSION =
      List.of("1 + 1", "println 'printed'", "x = [a: 1]; display(x); x", "nowhere.none()");

  @Parameters(index = "0", paramLabel = "NOTEBOOK")
  private Path notebook = Path.of("");

  @Parameters(index = "1", paramLabel = "FOLDER", description = "For the executed notebook.")
  private Path folder = Path.of("");

  @Override
  public Integer call() throws IOException, NoSuchAlgorithmException {
    List<String> cells = new ArrayList<>(ANY_SESSION);
    Notebook.read(notebook).cells().stream().map(Cell::source).forEach(cells::add);
    Rehearsal.play(Extensions.all(), Version.text(), cells);
    return Main.run(
        "run",
        notebook.toString(),
        "--output=" + folder.resolve("out.ipynb"),
        "--html=" + folder.resolve("out.html"));
  }
}
