package vethbook.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import tech.tablesaw.api.Table;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.lab.SysctlInventory;
import vethbook.linux.sysctl.Sysctl;
import vethbook.view.TableView;

/** What a cell can ask a namespace about its kernel parameters. */
public final class SysctlWords {
  private static final String ALL = "net";
  private static final String OF_DEVICE = "net[./]ipv[46][./](conf|neigh)[./].*";

  private SysctlWords() {}

  /** The keys that the namespace has below a prefix, such as {@code 'net.ipv4'}. */
  public static List<String> sysctlKeys(Netns self, String prefix) {
    return Sysctl.keys(self.handle(), prefix);
  }

  /** All keys below {@code net} that the namespace has. */
  public static List<String> sysctlKeys(Netns self) {
    return sysctlKeys(self, ALL);
  }

  /**
   * The kernel parameters in which this namespace and another differ; those of devices that only
   * one of them has are left out.
   */
  public static Table sysctlDiff(Netns self, Netns other) {
    Map<String, String> mine = Sysctl.values(self.handle(), ALL);
    Map<String, String> theirs = Sysctl.values(other.handle(), ALL);
    TreeSet<String> keys = new TreeSet<>(mine.keySet());
    keys.addAll(theirs.keySet());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String key : keys) {
      boolean isOfOneAlone = !(mine.containsKey(key) && theirs.containsKey(key));
      if (!Objects.equals(mine.get(key), theirs.get(key))
          && !(isOfOneAlone && key.matches(OF_DEVICE))) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sysctl", key);
        row.put(self.name(), shown(mine.get(key)));
        row.put(other.name(), shown(theirs.get(key)));
        rows.add(row);
      }
    }
    if (rows.isEmpty()) {
      rows.add(Map.of("sysctl", "no difference in " + keys.size() + " keys"));
    }
    return TableView.table("kernel parameters of " + self + " and " + other, rows);
  }

  /**
   * As {@code sysctlInventory()}, and tells inherited from reset values: each of the host's values
   * is changed for the milliseconds that it takes to make a namespace and look, and put back. Takes
   * seconds. Keys whose write acts at once (flush, forwarding, disable_ipv6, ...) are left alone.
   */
  public static Table sysctlInventory(Netns self) {
    if (!self.handle().isHost()) {
      throw new PlanException(
          "Cannot find out in " + self + " what a new namespace inherits",
          "values come from the host: say host.sysctlInventory(), or sysctlInventory() to look only");
    }
    return table(self.lab().sysctls().byExperiment());
  }

  static Table table(List<SysctlInventory.Entry> entries) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (SysctlInventory.Entry entry : entries) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("sysctl", entry.key());
      row.put("new namespace", entry.origin().text());
      row.put("value on the host", shown(entry.onHost()));
      row.put("value in a new namespace", shown(entry.inNew()));
      rows.add(row);
    }
    return TableView.table("kernel parameters of a new namespace", rows);
  }

  private static String shown(@org.jspecify.annotations.Nullable String value) {
    return value == null ? "–" : value.replace('\t', ' ');
  }
}
