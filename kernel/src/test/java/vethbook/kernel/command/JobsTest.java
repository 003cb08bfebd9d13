package vethbook.kernel.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a command line plans, and what it is told before anything runs. */
final class JobsTest {
  @TempDir Path folder;
  private Path notebook;

  /** The options of {@code run} that say what is planned. */
  @Command
  private static final class Line {
    @Mixin private ParameterOptions parameters = new ParameterOptions();

    @CommandLine.Option(names = "--output")
    private Path output;

    @CommandLine.Option(names = "--inplace")
    private boolean inplace;

    private static List<Job> plan(List<Path> files, String... arguments) {
      Line line = new Line();
      new CommandLine(line).parseArgs(arguments);
      return new Jobs(
              line.parameters, line.output, line.inplace, new Jobs.How(Duration.ZERO, false, false))
          .plan(files);
    }
  }

  private Path write(String name, String source) throws Exception {
    String json =
        "{\"cells\":[{\"cell_type\":\"code\",\"metadata\":{},\"outputs\":[],\"source\":\"%s\"}],"
            + "\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":4}";
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, json.formatted(source));
  }

  @BeforeEach
  void write() throws Exception {
    notebook = write("n.ipynb", "parameters { rounds 10, range: 2..100; sizes([1]); label 'x' }");
  }

  private List<Job> plan(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--output", folder.resolve("out").toString()));
    return Line.plan(List.of(notebook), all.toArray(String[]::new));
  }

  @Test
  void aMatrixIsTheProductOfItsValues() {
    List<Job> jobs =
        plan("--matrix", "rounds=2,3", "--matrix", "sizes=[1,2],[3]", "-p", "label=a b");

    assertThat(jobs.stream().map(job -> job.run().parameters().toString()))
        .containsExactly(
            "{label=a b, rounds=2, sizes=[1, 2]}",
            "{label=a b, rounds=2, sizes=[3]}",
            "{label=a b, rounds=3, sizes=[1, 2]}",
            "{label=a b, rounds=3, sizes=[3]}");
    assertThat(jobs.get(0).run().output())
        .isEqualTo(folder.resolve("out/n-run-rounds=2,sizes=_1_2_.ipynb"));
    assertThat(jobs.get(3).title().getFileName()).hasToString("n-rounds=3,sizes=_3_.ipynb");
  }

  @Test
  void theMatrixFileSaysHowFarItIs() throws Exception {
    List<Job> jobs = plan("--matrix", "rounds=2,3");
    Map<Job, Integer> exits = new LinkedHashMap<>();
    exits.put(jobs.get(0), 1);

    Job.writeMatrix(notebook, jobs, exits);

    assertThat(Files.readString(folder.resolve("out/n-matrix.json")))
        .containsOnlyOnce("\"exit\" : 1")
        .contains("n-run-rounds=3.ipynb");
  }

  @Test
  void theCommandLineComesBeforeTheFile() throws Exception {
    Path yaml = folder.resolve("p.yaml");
    Files.writeString(yaml, "rounds: 5   # a comment\nsizes:\n  - 7\n  - 8\nlabel: 'no'\n");

    List<Job> jobs = plan("--params", yaml.toString(), "--rounds", "6");

    assertThat(jobs.get(0).run().parameters())
        .containsEntry("rounds", "6")
        .containsEntry("sizes", "[7, 8]")
        .containsEntry("label", "no");
    Files.writeString(yaml, "{\"rounds\": 5}");
    assertThat(plan("--params", yaml.toString()).get(0).run().parameters())
        .containsEntry("rounds", "5");
  }

  @Test
  void ofSeveralNotebooksEachTakesWhatItHas() throws Exception {
    Path other = write("m.ipynb", "parameters { size 1 }");
    List<Path> both = List.of(notebook, other);
    String out = folder.resolve("out").toString();

    List<Job> jobs = Line.plan(both, "--rounds", "4", "--matrix", "size=1,2", "--output", out);

    assertThat(jobs.stream().map(job -> job.run().parameters().toString()))
        .containsExactly("{rounds=4}", "{size=1}", "{size=2}");
    assertThatThrownBy(() -> Line.plan(both, "-p", "round=4", "--output", out))
        .hasMessageContaining("did you mean rounds?");
    Path same = write("sub/n.ipynb", "1");
    assertThatThrownBy(() -> Line.plan(List.of(notebook, same), "--output", out))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("one by one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -p round=3                          | did you mean rounds?
          --rounds 1                          | it takes 2 to 100
          --rounds many                       | a whole number
          --matrix rounds=5,500               | it takes 2 to 100
          --matrix rounds=5,5                 | different values
          --matrix rounds=5,                  | different values
          --matrix rounds=5,6 --inplace       | --inplace goes neither
          --inplace                           | --inplace goes neither
          --matrix rounds=5,6 -p rounds=3     | say one of them
          --rounds 5 -p rounds=3              | say one of them
          --params /nowhere/p.yaml            | Cannot find the file of parameters
          """)
  void whatCannotBeIsAUsageError(String arguments, String expected) {
    assertThatThrownBy(() -> plan(arguments.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(expected);
    assertThat(folder.resolve("out/n-run.ipynb")).doesNotExist();
  }

  @Test
  void aFileThatIsNoYamlOrNoMapIsAUsageError() throws Exception {
    Path yaml = folder.resolve("p.yaml");
    for (String text : List.of("a: [1", "- 1", "a: 1\na: 2", "!!java.lang.Thread {}")) {
      Files.writeString(yaml, text);
      assertThatThrownBy(() -> plan("--params", yaml.toString()))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("Cannot read the file of parameters");
    }
  }

  @Test
  void oneFileHoldsOneNotebook() {
    String file = folder.resolve("o.ipynb").toString();

    assertThat(Line.plan(List.of(notebook), "--output", file).get(0).run().output())
        .hasToString(file);
    assertThatThrownBy(
            () -> Line.plan(List.of(notebook), "--output", file, "--matrix", "rounds=2,3"))
        .hasMessageContaining("let it name a folder");
  }
}
