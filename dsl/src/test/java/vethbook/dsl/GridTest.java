package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vethbook.lab.PlanException;

class GridTest {
  @Test
  void hasAllCombinationsInTheOrderOfNestedLoops() {
    Map<String, Object> factors = new LinkedHashMap<>();
    factors.put("mtu", List.of(new DataSize(1500), new DataSize(9000)));
    factors.put("cpus", List.of(Set.of(), 1));
    assertThat(Grid.of(factors).levels())
        .extracting(level -> Grid.name("veth", level))
        .containsExactly(
            "veth, mtu 1500 bytes, cpus none",
            "veth, mtu 1500 bytes, cpus 1",
            "veth, mtu 9000 bytes, cpus none",
            "veth, mtu 9000 bytes, cpus 1");
    assertThat(Grid.name("", Map.of("mtu", 5))).isEqualTo("mtu 5");
    assertThat(Grid.name("host", Map.of())).isEqualTo("host");
  }

  @Test
  void refusesWhatIsNoListAndTooMany() {
    assertThatThrownBy(() -> Grid.of(Map.of("mtu", 1500)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("Cannot take 1500 as the levels of mtu");
    assertThatThrownBy(() -> Grid.of(Map.of("mtu", List.of()))).isInstanceOf(PlanException.class);
    List<Integer> many = IntStream.range(0, 9).boxed().toList();
    assertThatThrownBy(() -> Grid.of(Map.of("a", many, "b", many)))
        .hasMessageContaining("Cannot run 81 combinations");
  }
}
