package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;

class CountersLinuxIT {
  @Test
  void countersBelongToTheNamespaceTheyWereOpenedIn() {
    try (NetnsHandle busy = NetnsHandle.create("busy");
        NetnsHandle quiet = NetnsHandle.create("quiet");
        Counters busyCounters = Counters.of(busy);
        Counters quietCounters = Counters.of(quiet)) {
      Map<String, Long> before = busyCounters.read();
      long machineBefore = packetsOfMachine();
      Command.of("ping", "-c", "3", "-i", "0.01", "127.0.0.1").in(busy).run(Duration.ofSeconds(5));
      Map<String, Long> grown = Counters.difference(before, busyCounters.read());

      assertThat(grown).containsEntry("Icmp.InEchos", 3L).containsEntry("dev.lo.rx_packets", 6L);
      assertThat(quietCounters.read("Icmp.InEchos")).isZero();
      assertThat(packetsOfMachine()).isGreaterThanOrEqualTo(machineBefore + 6);
    }
  }

  private static long packetsOfMachine() {
    try (Counters machine = Counters.machine()) {
      assertThat(machine.read()).containsKeys("softirq.NET_RX", "softirq.NET_TX");
      return machine.read("softnet.processed");
    }
  }

  @Test
  void namesTheNearestCounter() {
    try (NetnsHandle netns = NetnsHandle.create("one");
        Counters counters = Counters.of(netns)) {
      assertThat(counters.read("TcpExt.TCPFastRetrans")).isZero();
      assertThatThrownBy(() -> counters.read("TcpExt.TcpFastRetran"))
          .hasMessageContaining("TcpExt.TCPFastRetrans");
    }
  }
}
