package vethbook.kernel.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Python's literals as papermill writes them, also when its formatter has broken the lines. */
final class LiteralsTest {
  @Test
  void readsWhatPapermillWrites() {
    Map<String, Object> read =
        Literals.assignments(
            """
            # Parameters
            rounds = 4
            share = 0.25
            tiny = 1e-05
            below = -3
            fast = True
            slow = False
            nothing = None
            name = "a \\"b\\" \\u4e2d\\xe9 $HOME # no comment"
            path = 'C:\\\\temp'
            mtus = [
                1500,
                9000,
            ]
            pair = (1, "b")
            sizes = {"k": 1.5, "list": [1, {"x": None}]}
            limit = float('inf')
            big = 12345678901
            """);

    assertThat(read)
        .containsEntry("rounds", 4)
        .containsEntry("share", new BigDecimal("0.25"))
        .containsEntry("tiny", new BigDecimal("1e-05"))
        .containsEntry("below", -3)
        .containsEntry("fast", true)
        .containsEntry("slow", false)
        .containsEntry("nothing", null)
        .containsEntry("name", "a \"b\" 中é $HOME # no comment")
        .containsEntry("path", "C:\\temp")
        .containsEntry("mtus", List.of(1500, 9000))
        .containsEntry("pair", Arrays.asList(1, "b"))
        .containsEntry("limit", Double.POSITIVE_INFINITY)
        .containsEntry("big", 12345678901L);
    assertThat(read.get("sizes").toString()).isEqualTo("{k=1.5, list=[1, {x=null}]}");
  }

  @Test
  void readsGroovysMapsAsWell() {
    assertThat(Literals.value("[a: 1, 'b c': [:]]")).hasToString("{a=1, b c={}}");
    assertThat(Literals.value("[]")).isEqualTo(List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = os.system('x')",
        "a = 1 + 1",
        "a",
        "a =",
        "a = [1",
        "a = 'x",
        "a = {1}",
        "a = 1.2.3",
        "a = \"\\u12\"",
        "= 3",
        "a = 1 b = 2",
        "a = Truex"
      })
  void runsNothingAndSaysWhereItStops(String cell) {
    assertThatThrownBy(() -> Literals.assignments("x = 1\n" + cell))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2");
  }
}
