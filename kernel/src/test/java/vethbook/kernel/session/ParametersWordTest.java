package vethbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The word {@code parameters}, and the cells that papermill adds, in a running notebook. */
final class ParametersWordTest {
  private final Engine engine = new Engine(List.of(), new RecordedOutput(), "test");
  private int count;

  @AfterEach
  void close() {
    engine.close();
  }

  private Engine.Outcome run(String cell) {
    return engine.execute(cell, ++count, false);
  }

  private String shown(String cell) {
    Engine.Outcome outcome = run(cell);
    assertThat(outcome.error()).isNull();
    return outcome.result();
  }

  private String error(String cell) {
    return String.join("\n", Objects.requireNonNull(run(cell).error()).traceback());
  }

  @Test
  void givesVariablesTheirDefaultsAndShowsATable() {
    run("base = 2");
    String table =
        shown(
            """
            parameters {
                rounds 10, range: 2..100, help: 'of each setting'
                twice base * 2
                more twice + 1
                mtus = [1500, 9000]
            }
            """);

    assertThat(table).contains("rounds", "2 to 100", "of each setting");
    assertThat(shown("[rounds, twice, more, mtus]")).isEqualTo("[10, 4, 5, [1500, 9000]]");
    shown("rounds = 3");
    shown("parameters { rounds 10 }");
    assertThat(shown("rounds")).isEqualTo("10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          parameters { rounds 1, range: 2..100 }   | its default, 1, is not permitted
          parameters { rounds 1, hepl: 'x' }       | did you mean help?
          parameters { rounds() }                  | it takes one default
          parameters { rounds 1; rounds 2 }        | twice
          parameters { display 1 }                 | it is a word of the notebook
          parameters { mtus [1500, 9000] }         | mtus([1, 2]) or mtus = [1, 2]
          parameters { rounds nowhere }            | nowhere
          """)
  void aWrongDeclarationSaysWhatIsRight(String cell, String expected) {
    assertThat(error(cell)).contains(expected);
  }

  @Test
  void aCellOfPapermillsIsReadAndNotRun() {
    shown("parameters { rounds 10, range: 2..100; pause 5; fast false; name 'x'; mtus = [1] }");

    shown("# Parameters\nrounds = 4\nfast = True\nname = \"a$b\"\nmtus = [1500, 9000]\n");

    assertThat(shown("[rounds, fast, name, mtus]")).isEqualTo("[4, true, a$b, [1500, 9000]]");
    assertThat(error("# Parameters\nrouns = 4")).contains("did you mean rounds?");
    assertThat(error("# Parameters\nrounds = 400")).contains("it takes 2 to 100");
    assertThat(error("# Parameters\nrounds = \"4\"")).contains("a whole number");
    assertThat(error("# Parameters\nrounds = exit()")).contains("in line 2");
    assertThat(shown("rounds")).isEqualTo("4");
  }

  @Test
  void withoutTheWordVariablesKeepTheirTypes() {
    shown("rounds = 10\nengine = 'netperf'");

    shown("# Injected Parameters\nrounds = 4\nnew_one = [1, 2]");

    assertThat(shown("[rounds, new_one]")).isEqualTo("[4, [1, 2]]");
    assertThat(error("# Parameters\nrounds = \"many\"")).contains("a whole number");
    assertThat(error("# Parameters\ndisplay = 1")).contains("it is a word of the notebook");
  }

  @Test
  void javaCellsSeeTheValues() {
    shown("%%java\nint rounds = 10;");
    shown("# Parameters\nrounds = 4");
    assertThat(shown("%%java\nrounds + 1")).isEqualTo("5");
  }
}
