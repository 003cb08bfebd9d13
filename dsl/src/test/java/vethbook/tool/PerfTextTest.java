package vethbook.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerfTextTest {
  @Test
  void readsCountsAndWhatCannotBeCounted() {
    List<Perf.Count> counts = Perf.parseCounts(Recorded.text("perf-6.1-stat.txt"));
    assertThat(counts).hasSize(5);
    assertThat(counts.get(1)).isEqualTo(new Perf.Count("irq:softirq_entry", 96, ""));
    assertThat(counts.get(2).event()).isEqualTo("cycles");
    assertThat(counts.get(2).value()).isNaN();
    assertThat(counts.get(3)).isEqualTo(new Perf.Count("task-clock", 604.33, "msec"));
  }

  @Test
  void readsTheFunctionsOfAReport() {
    List<Perf.HotFunction> functions = Perf.parseFunctions(Recorded.text("perf-6.1-report.txt"));
    assertThat(functions.get(0))
        .isEqualTo(new Perf.HotFunction(6.72, "ping", "[kernel.kallsyms]", "do_sched_yield"));
    assertThat(functions).hasSizeGreaterThan(10).allMatch(function -> function.percent() > 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n;;\n",
        "# started on Sat Nov 21\n",
        "Error:\nNo permission",
        "x%;a;b;c",
        ";"
      })
  void anythingElseIsNothing(String text) {
    assertThat(Perf.parseCounts(text)).isEmpty();
    assertThat(Perf.parseFunctions(text)).isEmpty();
  }

  @Test
  void aFilterFollowsItsEvent() {
    Map<String, String> events = new LinkedHashMap<>();
    events.put("irq:softirq_entry", "vec == 3");
    events.put("cycles", "");
    assertThat(Perf.statArguments(events, Set.of(0, 1)))
        .containsSequence(
            "-C", "0-1", "-e", "irq:softirq_entry", "--filter", "vec == 3", "-e", "cycles");
  }
}
