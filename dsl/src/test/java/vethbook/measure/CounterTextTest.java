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

  @Test
  void groupsIpv6AsNstatDoes() {
    assertThat(
            CounterText.snmp6(
                "Ip6InReceives                   \t12\nIcmp6InMsgs\t3\nUdpLite6InErrors 0\nifIndex 2\n6\n"))
        .containsOnly(
            Map.entry("Ip6.InReceives", 12L),
            Map.entry("Icmp6.InMsgs", 3L),
            Map.entry("UdpLite6.InErrors", 0L));
  }

  @Test
  void readsSocketsInUse() {
    assertThat(
            CounterText.sockstat(
                "sockets: used 94\nTCP: inuse 1 orphan 0 tw 7 alloc 1 mem 277\nFRAG6: inuse 0 memory 0\n"))
        .containsEntry("sockstat.sockets.used", 94L)
        .containsEntry("sockstat.TCP.tw", 7L)
        .containsEntry("sockstat.FRAG6.memory", 0L)
        .hasSize(8);
  }

  @Test
  void tellsCpusApart() {
    String softirqs = "                    CPU0       CPU2\n      NET_RX:         10         20\n";
    assertThat(CounterText.softirqsByCpu(softirqs))
        .containsOnly(Map.entry("softirq.NET_RX.cpu0", 10L), Map.entry("softirq.NET_RX.cpu2", 20L));
    String interrupts =
        """
                   CPU0       CPU1
         24:          1          0  IO-APIC   5-edge      ACPI:Ged
        LOC:        500        600   Local timer interrupts
        ERR:          3
        """;
    assertThat(CounterText.interrupts(interrupts))
        .containsEntry("interrupt.24.cpu0", 1L)
        .containsEntry("interrupt.LOC.cpu1", 600L)
        .containsEntry("interrupt.ERR.cpu0", 3L)
        .hasSize(5);
    String softnet =
        """
        0000000a 00000001 00000002 00000000 00000000 00000000 00000000 00000000 00000000 00000003 00000000 00000000 00000000
        00000014 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000003
        """;
    assertThat(CounterText.softnetByCpu(softnet))
        .containsEntry("softnet.processed.cpu0", 10L)
        .containsEntry("softnet.received_rps.cpu0", 3L)
        .containsEntry("softnet.processed.cpu3", 20L)
        .hasSize(8);
    assertThat(
            CounterText.stat(
                "cpu  3 0 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 5 1 2\nctxt 77\nbtime 1\nprocesses 12\n"))
        .containsEntry("cpu0.user", 1L)
        .containsEntry("cpu0.softirq", 7L)
        .containsEntry("cpu0.steal", 8L)
        .containsEntry("stat.ctxt", 77L)
        .containsEntry("stat.processes", 12L)
        .hasSize(10);
  }

  @Test
  void anythingElseIsNoCounter() {
    for (String text : new String[] {"", "\n", "x", ":", "a: b", "TCP: inuse", "cpu0"}) {
      assertThat(CounterText.snmp6(text)).isEmpty();
      assertThat(CounterText.softnetByCpu(text)).isEmpty();
      assertThat(CounterText.interrupts(text)).isEmpty();
      assertThat(CounterText.stat(text)).isEmpty();
    }
  }
}
