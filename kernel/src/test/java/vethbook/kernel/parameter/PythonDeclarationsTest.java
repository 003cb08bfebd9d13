package vethbook.kernel.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Python's cells of parameters, as people write them for papermill. */
final class PythonDeclarationsTest {
  @Test
  void readsAssignmentsWithTypesAndHelp() {
    List<Parameter> all =
        PythonDeclarations.of(
            """
            # what the run is about
            import os
            rounds = 10  # how many
            share: float = 0.5  # of 1
            name: str = "it's # one"
            sizes = [
                1,  # small
                2,
            ]
            options = {'a': True, 'b': None}
            nothing = None
            start = os.environ.get(
                'START')
            pair = 1, 2
            if rounds == 10:
                inner = 1
            share == 0.5
            """);

    assertThat(all.stream().map(Parameter::name))
        .containsExactly("rounds", "share", "name", "sizes", "options", "nothing", "start", "pair");
    assertThat(all.stream().map(one -> one.type()))
        .containsExactly("whole number", "number", "text", "list", "map", "any", "any", "any");
    assertThat(all.get(0).help()).isEqualTo("how many");
    assertThat(all.get(1).help()).isEqualTo("of 1");
    assertThat(all.get(2).value()).isEqualTo("it's # one");
    assertThat(all.get(3).value()).isEqualTo(List.of(1, 2));
    assertThat(all.get(6).written()).isEqualTo("os.environ.get(");
  }

  @Test
  void writesValuesAsPythonDoes() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a'b", null);
    map.put("flags", Arrays.asList(true, false, null));

    assertThat(Given.of(map).python()).isEqualTo("{'a\\'b': None, 'flags': [True, False, None]}");
    assertThat(Given.of("two\nlines\\ and 'quotes' 中").python())
        .isEqualTo("'two\\nlines\\\\ and \\'quotes\\' 中'");
    assertThat(Given.of(9_000_000_000L).python()).isEqualTo("9000000000");
    assertThat(Given.of(new BigDecimal("4")).python()).isEqualTo("4.0");
    assertThat(Given.of(Double.NEGATIVE_INFINITY).python()).isEqualTo("float('-inf')");
  }
}
