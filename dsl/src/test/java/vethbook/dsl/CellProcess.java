package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.ChildJvm;

/** Runs cells in a process with an environment of its own, which may then die by kill -9. */
final class CellProcess {
  private static final String KILLED = "kill -9";
  private static final int BY_SIGKILL = 137;

  private CellProcess() {}

  /** What the cells answered, a line each; errors as their text. The lab is closed at the end. */
  static String run(Map<String, String> environment, String... cells) throws Exception {
    return output(environment, 0, List.of(cells));
  }

  /** The same, but that the process dies instead of closing the lab. */
  static String kill(Map<String, String> environment, String... cells) throws Exception {
    List<String> all = new ArrayList<>(List.of(cells));
    all.add(KILLED);
    return output(environment, BY_SIGKILL, all);
  }

  /** The same for cells that end the process themselves by kill -9. */
  static String dies(Map<String, String> environment, String... cells) throws Exception {
    return output(environment, BY_SIGKILL, List.of(cells));
  }

  private static String output(Map<String, String> environment, int status, List<String> cells)
      throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>();
    argv.add(ProcessHandle.current().info().command().orElse("java"));
    argv.addAll(ChildJvm.options());
    argv.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    argv.addAll(cells);
    ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(status);
    return said;
  }

  /** Runs its arguments as cells. */
  static final class Main {
    public static void main(String[] cells) throws Exception {
      try (Cells session = new Cells()) {
        for (String cell : cells) {
          if (cell.equals(KILLED)) {
            System.out.flush();
            new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
            Thread.sleep(10_000);
          }
          System.out.println(answer(session, cell) + session.shown());
        }
      }
    }

    private static Object answer(Cells session, String cell) {
      try {
        return String.valueOf(session.run(cell));
      } catch (ExperimentException e) {
        return e.getMessage();
      }
    }
  }
}
