package vethbook.kernel.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cells declare, read from their text, and what these parameters take. */
final class DeclarationsTest {
  private static final String BLOCK =
      """
      before = 1
      parameters {
          rounds 10, range: 2..100, help: 'of each setting'
          seconds 2, unit: 's', range: 1..60
          share 0.5, range: [0, 1]
          engine 'netperf', choices: ['netperf', 'built-in']
          fast true
          mtus([1500, 9000])
          names = ['a', 'b']
          labels = [a: 1]
          anything null
          least 1, range: [1, null]
          made before + 1
      }
      """;

  private static Parameter named(String name) {
    return Declarations.ofWord(BLOCK).stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theWordDeclaresWithTypeRangeAndHelp() {
    List<Parameter> all = Declarations.ofWord(BLOCK);

    assertThat(all.stream().map(Parameter::name))
        .containsExactly(
            "rounds",
            "seconds",
            "share",
            "engine",
            "fast",
            "mtus",
            "names",
            "labels",
            "anything",
            "least",
            "made");
    assertThat(named("rounds").help()).isEqualTo("of each setting");
    assertThat(named("rounds").permitted()).isEqualTo("2 to 100");
    assertThat(named("seconds").type()).isEqualTo("whole number (s)");
    assertThat(named("seconds").permitted()).isEqualTo("1 to 60 s");
    assertThat(named("engine").permitted()).isEqualTo("netperf or built-in");
    assertThat(named("least").permitted()).isEqualTo("1 or more");
    assertThat(named("mtus").written()).isEqualTo("[1500, 9000]");
    assertThat(named("made").type()).isEqualTo("computed");
  }

  @Test
  void theCellIsFoundAmongOtherCodeAndMagics() {
    assertThat(Declarations.ofWord("%%groovy\nx = 1\np = parameters { n 3 }\np")).hasSize(1);
    assertThat(Declarations.ofWord("println 'parameters { n 3 }'")).isEmpty();
    assertThat(Declarations.ofWord("other.parameters { n 3 }")).isEmpty();
  }

  @Test
  void assignmentsOfATaggedCellAreParametersWithTheirCommentsAsHelp() {
    List<Parameter> groovy =
        Declarations.ofAssignments(
            """
            // all of them
            rounds = 10   // of each setting
            def rate = -1.5
            final String name = "x # y // z"
            wait = null
            if (rounds > 3) { other = 2 }
            """);
    List<Parameter> java =
        Declarations.ofAssignments(
            """
            int rounds = 10; // of each setting
            var mtus = List.of(1500, 9000);
            Duration time = Duration.ofSeconds(5);
            String text = "a";
            """);

    assertThat(groovy.stream().map(Parameter::name))
        .containsExactly("rounds", "rate", "name", "wait");
    assertThat(groovy.get(0).help()).isEqualTo("of each setting");
    assertThat(groovy.get(1).written()).isEqualTo("-1.5");
    assertThat(groovy.get(2).value()).isEqualTo("x # y // z");
    assertThat(java.stream().map(Parameter::type))
        .containsExactly("whole number", "list", "time", "text");
    assertThat(java.get(0).help()).isEqualTo("of each setting");
    assertThat(java.get(2).value()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parameters { rounds 200, range: 2..100 }",
        "parameters { engine 'x', choices: ['a', 'b'] }",
        "parameters { engine 'x', choices: 'a' }",
        "parameters { rounds 10, rnge: 2..100 }",
        "parameters { rounds 10, range: 'a'..'b' }",
        "parameters { rounds 10, range: 5 }",
        "parameters { rounds 10, "
      })
  void aDeclarationThatContradictsItselfIsRefused(String cell) {
    assertThatThrownBy(() -> Declarations.ofWord(cell)).isInstanceOf(ParameterException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rounds   | 4            | 4
          rounds   | 1_0          | 10
          share    | 0.25         | 0.25
          share    | 1            | 1.0
          fast     | False        | false
          engine   | built-in     | 'built-in'
          mtus     | [1, 2]       | [1, 2]
          mtus     | 1,2          | [1, 2]
          names    | it's, b      | ['it\\'s', 'b']
          labels   | {"b": 2}     | ['b': 2]
          anything | 5            | 5
          anything | a word       | 'a word'
          """)
  void whatFitsBecomesALiteral(String name, String text, String literal) {
    assertThat(named(name).takeText(text).groovy()).isEqualTo(literal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rounds | many       | it takes a whole number, 2 to 100
          rounds | 4.5        | it takes a whole number
          rounds | 1          | it takes 2 to 100
          rounds | 99999999999999999999 | of at most 64 bits
          share  | 1.1        | it takes 0 to 1
          fast   | yes        | true or false
          engine | iperf      | netperf or built-in
          mtus   | [1, 'a']   | each of its elements is a whole number
          mtus   | [1,        | expected a value
          labels | [1]        | a map
          made   | 3          | a number, true or false
          """)
  void whatDoesNotFitIsRefusedWithWhatWould(String name, String text, String why) {
    assertThatThrownBy(() -> named(name).takeText(text))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(why);
  }

  @Test
  void valuesOfFilesKeepTheirTypes() {
    assertThat(named("rounds").take(4).value()).isEqualTo(4);
    assertThat(named("share").take(1).groovy()).isEqualTo("1.0");
    assertThatThrownBy(() -> named("rounds").take("4")).hasMessageContaining("a whole number");
    assertThatThrownBy(() -> named("engine").take(4)).hasMessageContaining("a text");
    assertThatThrownBy(() -> named("rounds").take(null)).hasMessageContaining("a whole number");
  }

  @Test
  void aTableFitsItsTerminal() {
    List<Parameter> all = Declarations.ofWord(BLOCK);

    String wide = ParameterTable.text(all, 120);
    String narrow = ParameterTable.text(all, 60);

    assertThat(wide.lines().findFirst().orElse("")).startsWith("parameter").endsWith("help");
    assertThat(wide).containsPattern("rounds +10 +whole number +2 to 100 +of each setting");
    assertThat(narrow).contains("\n    of each setting\n");
  }
}
