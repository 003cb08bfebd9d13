package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import vethbook.linux.sysctl.Sysctl;

class SysctlWordsLinuxIT {
  private final Cells cells = new Cells();

  @AfterEach
  void closeLab() {
    cells.close();
  }

  @Test
  void aProgramStartedLaterSeesTheValueThatWasSetBefore() {
    cells.run("client = netns 'client'; client.sysctl 'net.ipv4.tcp_keepalive_time', 77");

    assertThat(cells.run("run client, 'cat', '/proc/sys/net/ipv4/tcp_keepalive_time'"))
        .isEqualTo("77");
  }

  @Test
  void theDifferenceOfTwoNamespacesIsWhatWasChanged() {
    cells.run("a = netns 'a'; b = netns 'b'; a.sysctl 'net.ipv4.tcp_keepalive_time', 77");

    Table difference = (Table) cells.run("sysctlDiff a, b");
    assertThat(column(difference, "sysctl", "a"))
        .containsEntry("net.ipv4.tcp_keepalive_time", "77")
        .doesNotContainKey("net.ipv4.tcp_keepalive_intvl");
    assertThat(column((Table) cells.run("b.sysctlDiff b"), "sysctl", "sysctl").keySet())
        .anyMatch(text -> text.startsWith("no difference in "));
  }

  @Test
  void lookingTellsMachineWideAndReadOnlyKeys() {
    Map<String, String> found = column((Table) cells.run("sysctlInventory()"));

    assertThat(found)
        .containsEntry("net.core.netdev_max_backlog", "machine-wide")
        .containsKey("net.ipv4.tcp_rmem");
    assertThat(found.keySet()).noneMatch(key -> key.contains("conf.eth0"));
    assertThat(found).hasSizeGreaterThan(300);
  }

  @Test
  void theExperimentTellsInheritedFromResetAndLeavesTheHostAsItWas() {
    Map<String, String> before = host();

    Map<String, String> found = column((Table) cells.run("host.sysctlInventory()"));

    assertThat(host()).isEqualTo(before);
    assertThat(found)
        .containsEntry("net.ipv4.tcp_congestion_control", "inherited")
        .containsEntry("net.ipv4.tcp_keepalive_time", "reset")
        .containsEntry("net.ipv4.tcp_rmem", "inherited");
    assertThatThrownBy(() -> cells.run("netns('x').sysctlInventory()"))
        .hasMessageContaining("say host.sysctlInventory()");
  }

  private Map<String, String> host() {
    Map<String, String> values =
        new TreeMap<>(Sysctl.values(cells.session().lab().host().handle(), "net"));
    // counters and seeds that move by themselves
    values.keySet().removeIf(key -> key.matches(".*(nf_conntrack_count|_fastopen_key).*"));
    return values;
  }

  private static Map<String, String> column(Table table) {
    return column(table, "sysctl", "new namespace");
  }

  private static Map<String, String> column(Table table, String key, String value) {
    Map<String, String> map = new TreeMap<>();
    for (Row row : table) {
      map.put(row.getString(key), row.getString(value));
    }
    return map;
  }
}
