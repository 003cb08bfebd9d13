package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CounterTextTest {
  @Test
  void readsNamesAndValuesOfSnmpAndNetstat() {
    String text =
        """
        Tcp: RtoAlgorithm MaxConn ActiveOpens
        Tcp: 1 -1 17
        TcpExt: SyncookiesSent TCPFastRetrans
        TcpExt: 0 920
        """;
    assertThat(CounterText.namesAndValues(text))
        .containsEntry("Tcp.MaxConn", -1L)
        .containsEntry("Tcp.ActiveOpens", 17L)
        .containsEntry("TcpExt.TCPFastRetrans", 920L)
        .hasSize(5);
  }

  @Test
  void readsTheDevicesOfANamespace() {
    String text =
        """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop
            lo:     100       2    0    0    0     0          0         0      100       2    0    0
          eth0: 4294967296    7    1    3    0     0          0         0     5000      60    0    4
        """;
    assertThat(CounterText.devices(text))
        .containsEntry("dev.lo.rx_packets", 2L)
        .containsEntry("dev.eth0.rx_bytes", 4294967296L)
        .containsEntry("dev.eth0.rx_dropped", 3L)
        .containsEntry("dev.eth0.tx_packets", 60L)
        .containsEntry("dev.eth0.tx_dropped", 4L);
  }

  @Test
  void sumsSoftirqsOverAllCpus() {
    String text =
        """
                            CPU0       CPU1
                  HI:          0          1
              NET_RX:     107201      94331
        """;
    assertThat(CounterText.softirqs(text))
        .isEqualTo(Map.of("softirq.HI", 1L, "softirq.NET_RX", 201532L));
  }

  @Test
  void sumsTheHexadecimalSoftnetColumnsOverAllCpus() {
    String text =
        """
        0000ffff 00000001 00000002 00000000 00000000 00000000 00000000 00000000 00000000 00000004 0
        00000001 00000000 00000003 00000000 00000000 00000000 00000000 00000000 00000000 00000001 0
        """;
    assertThat(CounterText.softnet(text))
        .isEqualTo(
            Map.of(
                "softnet.processed", 65536L,
                "softnet.dropped", 1L,
                "softnet.time_squeeze", 5L,
                "softnet.received_rps", 5L));
  }

  @Test
  void aTextCutShortGivesWhatIsThere() {
    assertThat(CounterText.namesAndValues("Tcp: A B\nTcp: 1")).containsOnlyKeys("Tcp.A");
    assertThat(CounterText.namesAndValues("Tcp: A B")).isEmpty();
    assertThat(CounterText.softnet("00000001 2")).isEmpty();
    assertThat(CounterText.softirqs("")).isEmpty();
  }
}
