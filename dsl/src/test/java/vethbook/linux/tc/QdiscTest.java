package vethbook.linux.tc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.linux.ExperimentException;

class QdiscTest {
  private static final QdiscStatistics NOTHING = new QdiscStatistics(0, 0, 0, 0, 0, 0, 0);

  private static Qdisc qdisc(String kind, byte[] options) {
    ByteBuffer bytes = ByteBuffer.wrap(options).order(ByteOrder.nativeOrder());
    return new Qdisc(
        kind,
        2,
        0x0001_0000,
        Qdiscs.ROOT,
        bytes,
        List.of(new TrafficClass(0x0001_0010, 0x0001_0001, bytes)),
        NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"netem", "tbf", "htb", "fq", "fq_codel", "pfifo", "noqueue", "clsact"})
  void bytesThatAreNoQdiscAreOneErrorAtMost(String kind) {
    Random random = new Random(kind.hashCode());
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] options = new byte[random.nextInt(80)];
      random.nextBytes(options);
      for (int at = 0; at + 3 < options.length && i % 2 == 0; at += 12) {
        options[at] = 12; // attributes of a length that fits
        options[at + 1] = 0;
        options[at + 2] &= 15;
        options[at + 3] = 0;
      }
      try {
        assertThat(qdisc(kind, options).known()).isNotNull();
      } catch (ExperimentException e) {
        assertThat(e).hasMessageStartingWith("Cannot read");
        refused++;
      }
    }
    boolean takesAnything = kind.equals("noqueue") || kind.equals("clsact");
    assertThat(refused > 0).isNotEqualTo(takesAnything);
  }

  @ParameterizedTest
  @CsvSource({"-1, root", "0, 0:", "65536, 1:", "65552, 1:10", "-2147418112, 8001:"})
  void handlesReadAsInTc(int handle, String text) {
    assertThat(Qdisc.text(handle)).isEqualTo(text);
  }
}
