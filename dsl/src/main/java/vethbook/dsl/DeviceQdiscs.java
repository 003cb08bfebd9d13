package vethbook.dsl;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;
import vethbook.lab.PlanException;
import vethbook.linux.tc.Qdisc;
import vethbook.linux.tc.QdiscKind;
import vethbook.linux.tc.QdiscStatistics;
import vethbook.view.TableView;

/**
 * The qdiscs of a device at one moment, with what they have counted: {@code tc -s qdisc show}.
 *
 * @param device its name
 * @param all the root and those below it
 */
public record DeviceQdiscs(String device, List<Qdisc> all) implements Iterable<Qdisc> {
  public DeviceQdiscs {
    all = List.copyOf(all);
  }

  /** The one that takes every packet which the device sends. */
  public Qdisc getRoot() {
    return all.stream()
        .filter(Qdisc::isRoot)
        .findFirst()
        .orElseThrow(() -> new PlanException("Cannot find a root qdisc on device " + device, null));
  }

  /** {@code sent}, {@code dropped} and the other counters of the root. */
  public QdiscStatistics getStatistics() {
    return getRoot().statistics();
  }

  @Override
  public Iterator<Qdisc> iterator() {
    return all.iterator();
  }

  public Table table() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Qdisc qdisc : all) {
      QdiscStatistics counted = qdisc.statistics();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("qdisc", qdisc.kind());
      row.put("handle", Qdisc.text(qdisc.handle()));
      row.put("parent", Qdisc.text(qdisc.parent()));
      row.put("options", options(qdisc));
      row.put("sent (bytes)", counted.bytes());
      row.put("sent (packets)", counted.packets());
      row.put("dropped (packets)", counted.dropped());
      row.put("overlimits", counted.overlimits());
      row.put("requeues", counted.requeues());
      row.put("backlog (bytes)", counted.backlogBytes());
      row.put("backlog (packets)", counted.backlogPackets());
      rows.add(row);
    }
    return TableView.table("qdiscs of " + device, rows);
  }

  private static String options(Qdisc qdisc) {
    return qdisc.known().map(QdiscKind::options).orElse("");
  }

  /** {@code netem delay 10ms: sent 840 bytes, 10 packets, dropped 0}. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    for (Qdisc qdisc : all) {
      QdiscStatistics counted = qdisc.statistics();
      lines.add(
          "%s: sent %d bytes, %d packets, dropped %d"
              .formatted(
                  (qdisc.kind() + " " + options(qdisc)).strip(),
                  counted.bytes(),
                  counted.packets(),
                  counted.dropped()));
    }
    return String.join("\n", lines);
  }
}
