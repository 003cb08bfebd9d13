package vethbook.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vethbook.linux.process.Command;
import vethbook.linux.process.RunningProcess;

class BatchNotebookIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void aFailingCellLeavesANotebookAndAReportThatShowWhere() throws Exception {
    Path notebook =
        Vethbook.write(
            folder.resolve("n.ipynb"), "println 'before'", "netnss 'x'", "println 'after'");
    Path executed = folder.resolve("executed.ipynb");
    Path report = folder.resolve("report.html");

    Command.Output output = Vethbook.run(LIMIT, notebook, "--output", executed, "--html", report);

    assertThat(output.exit()).isEqualTo(1);
    assertThat(output.err()).contains("Cell 2 failed: netnss 'x'").contains("did you mean netns?");
    JsonNode cells = Vethbook.read(executed).path("cells");
    assertThat(cells.get(0).path("outputs").toString()).contains("before");
    assertThat(cells.get(1).path("outputs").get(0).path("output_type").asText()).isEqualTo("error");
    assertThat(cells.get(2).path("outputs")).isEmpty();
    assertThat(Files.readString(report))
        .contains("This run failed in <a href=\"#cell-2\">cell 2</a>")
        .contains("(cell 2, line 1)")
        .doesNotContain("\u001b");
  }

  @Test
  void whatHoldsNoNotebookIsAUsageError() throws Exception {
    Path text = Files.writeString(folder.resolve("a.ipynb"), "hello");
    Path json = Files.writeString(folder.resolve("b.ipynb"), "{\"a\": 1}");
    Path old = Files.writeString(folder.resolve("c.ipynb"), "{\"cells\": [], \"nbformat\": 3}");

    assertUsage(Vethbook.run(LIMIT, text), "it is not JSON (line 1");
    assertUsage(Vethbook.run(LIMIT, json), "it is JSON without cells");
    assertUsage(Vethbook.run(LIMIT, old), "of format 3");
    assertUsage(Vethbook.run(LIMIT, folder.resolve("none.ipynb")), "Cannot find notebook");
    assertUsage(Vethbook.run(LIMIT, "--htm", "x", text), "There is no option --htm");
  }

  /** What Tab and Shift-Tab show is made from the comments of the sources. */
  @Test
  void theJarHoldsTheTextsOfItsWords() throws Exception {
    try (JarFile jar = new JarFile(Vethbook.JAR.toFile())) {
      JarEntry words = jar.getJarEntry("vethbook/dsl/LabWords.doc");
      assertThat(new String(jar.getInputStream(words).readAllBytes(), StandardCharsets.UTF_8))
          .contains("netns");
    }
  }

  private static void assertUsage(Command.Output output, String text) {
    assertThat(output.exit()).as(output.err()).isEqualTo(2);
    assertThat(output.err()).contains(text).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          round=3      | the notebook does not declare it
          rounds=many  | it takes a whole number
          time=5       | it takes a time such as 5s or 500ms
          """)
  void aParameterThatDoesNotFitIsAUsageError(String parameter, String expected) {
    Path notebook = Vethbook.NOTEBOOKS.resolve("01-container-latency.ipynb");
    assertUsage(Vethbook.run(LIMIT, notebook, "-p", parameter), expected);
  }

  @Test
  void anInterruptKeepsWhatIsDoneAndLeavesNothing() throws Exception {
    Leftovers before = Leftovers.now();
    Path notebook =
        Vethbook.write(
            folder.resolve("n.ipynb"),
            "a = netns 'a'; b = netns 'b'; vethPair a.eth0, b.eth0, subnet: '10.1.1.0/24'",
            "netperf TCP_RR, from: a, to: b, time: 60.seconds",
            "println 'never'");
    Path executed = folder.resolve("executed.ipynb");
    try (RunningProcess run =
        Command.of(
                Vethbook.JAVA.toString(),
                "-jar",
                Vethbook.JAR.toString(),
                "run",
                notebook.toString(),
                "--output",
                executed.toString())
            .start()) {
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (!run.err().contains("[2/3]") && System.nanoTime() < deadline) {
        Thread.sleep(50);
      }
      Thread.sleep(1000);
      Command.of("kill", "-INT", Long.toString(run.pid())).run(LIMIT);
      Command.Output output = run.waitFor(Duration.ofSeconds(20));
      assertThat(output.exit()).as(output.err()).isEqualTo(130);
    }
    JsonNode cells = Vethbook.read(executed).path("cells");
    assertThat(cells.get(1).path("outputs").toString()).contains("Interrupted");
    assertThat(cells.get(2).path("outputs")).isEmpty();
    before.assertSettled();
  }

  @Test
  void tablesawWorksFromTheSmallJar() throws Exception {
    Path csv = Files.writeString(folder.resolve("a.csv"), "name,rate (Mbit/s)\nä,1.5\nb,2.25\n");
    Path notebook =
        Vethbook.write(
            folder.resolve("n.ipynb"),
            "t = Table.read().csv('" + csv + "')",
            "t.sortDescendingOn('rate (Mbit/s)')",
            "t.summary()",
            "t.doubleColumn(1).mean()");
    Path executed = folder.resolve("executed.ipynb");

    Command.Output output = Vethbook.run(LIMIT, notebook, "--output", executed);

    assertThat(output.exit()).as(output.err()).isZero();
    JsonNode cells = Vethbook.read(executed).path("cells");
    assertThat(cells.get(1).path("outputs").get(0).path("data").has("text/html")).isTrue();
    assertThat(Vethbook.outputs(Vethbook.read(executed))).contains("ä", "2.25", "1.875");
  }

  @Test
  void aCellThatTakesTooLongIsStopped() throws Exception {
    Path notebook = Vethbook.write(folder.resolve("n.ipynb"), "while (true) { }");
    Path executed = folder.resolve("executed.ipynb");

    Command.Output output = Vethbook.run(LIMIT, notebook, "--output", executed, "--timeout", "2");

    assertThat(output.exit()).as(output.err()).isEqualTo(3);
    assertThat(Vethbook.outputs(Vethbook.read(executed))).contains("Interrupted");
  }
}
