package vethbook.linux.sockdiag;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TcpFlowTest {
  private static final int TCP_INFO_BYTES = 248;

  @Test
  void readsTheFieldsOfTcpInfo() {
    ByteBuffer info = ByteBuffer.allocate(TCP_INFO_BYTES).order(ByteOrder.nativeOrder());
    info.putInt(16, 1448).putInt(24, 7).putInt(32, 1).putInt(68, 450).putInt(72, 90);
    info.putInt(80, 10).putInt(88, 3).putInt(100, 12).putInt(148, 20).putInt(220, 5);
    info.putLong(104, 125_000).putLong(128, 77).putLong(160, 1L << 40).putLong(200, 99);
    assertThat(TcpFlow.of("a", "b", info.array(), "bbr"))
        .isEqualTo(
            new TcpFlow(
                "a", "b", 10, 1448, 450, 90, 20, 12, 1, 7, 3, 5, 125_000, 1L << 40, 99, 77, "bbr"));
  }

  @Test
  void whatAnOlderLinuxDoesNotTellIsMinusOne() {
    byte[] whole = new byte[TCP_INFO_BYTES];
    for (int length = 0; length <= whole.length; length++) {
      TcpFlow flow = TcpFlow.of("a", "b", Arrays.copyOf(whole, length), "");
      assertThat(flow.reorderingSeen()).isEqualTo(length >= 224 ? 0 : -1);
      assertThat(flow.deliveryRate()).isEqualTo(length >= 168 ? 0 : -1);
      assertThat(flow.cwnd()).isEqualTo(length >= 84 ? 0 : -1);
    }
  }
}
