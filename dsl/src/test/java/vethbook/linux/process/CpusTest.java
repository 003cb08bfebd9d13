package vethbook.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpusTest {
  @Test
  void printsRanges() {
    assertThat(Cpus.list(Set.of(0, 1, 2, 3, 8))).isEqualTo("0-3,8");
    assertThat(Cpus.list(Set.of(5))).isEqualTo("5");
    assertThat(Cpus.list(Set.of())).isEmpty();
  }

  @Test
  void writesMasksInGroupsOf32Bits() {
    assertThat(Cpus.mask(Set.of())).isEqualTo("0");
    assertThat(Cpus.mask(Set.of(0, 1))).isEqualTo("3");
    assertThat(Cpus.mask(Set.of(0, 32))).isEqualTo("1,00000001");
    assertThat(Cpus.mask(Set.of(64))).isEqualTo("1,00000000,00000000");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 63, 64, 127})
  void readsTheMaskItWrites(int cpu) {
    Set<Integer> cpus = new java.util.TreeSet<>(java.util.List.of(0, cpu));
    assertThat(Cpus.ofMask(Cpus.mask(cpus))).isEqualTo(cpus);
  }

  @Test
  void readsAMaskWithShortGroups() {
    assertThat(Cpus.ofMask("1,2\n")).isEqualTo(Set.of(1, 32));
  }
}
