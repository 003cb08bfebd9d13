package vethbook.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import vethbook.extension.MimeBundle;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.measure.CounterGrowth;
import vethbook.measure.CounterNames;
import vethbook.view.TableView;

/**
 * By how much Linux's counters grew while a block ran: {@code counted['TcpExt.TCPFastRetrans']}.
 * Those of the place {@code machine} include all other traffic on the machine.
 */
public final class Counted {
  static final String MACHINE = "machine";

  private final CounterGrowth growth;
  private final @Nullable Object value;
  private final Predicate<String> wanted;

  Counted(CounterGrowth growth, @Nullable Object value, Predicate<String> wanted) {
    this.growth = growth;
    this.value = value;
    this.wanted = wanted;
  }

  /** What the block's last line yielded. */
  public @Nullable Object getValue() {
    return value;
  }

  /**
   * Round trips made meanwhile, when the block's last line was traffic that counts them; else 0.
   */
  public long getTransactions() {
    return PerfCounts.transactions(value);
  }

  /**
   * By how much one counter grew.
   *
   * @param name such as {@code 'TcpExt.TCPFastRetrans'}; {@code 'client:TcpExt.TCPFastRetrans'}
   *     when several namespaces have one of this name
   */
  public long getAt(String name) {
    int colon = name.indexOf(':');
    if (colon > 0 && growth.places().contains(name.substring(0, colon))) {
      return of(name.substring(0, colon), name.substring(colon + 1));
    }
    List<String> having =
        growth.places().stream().filter(place -> growth.of(place).containsKey(name)).toList();
    if (having.size() > 1) {
      throw new PlanException(
          "Cannot tell which '" + name + "' is meant",
          "say "
              + String.join(
                  " or ", having.stream().map(place -> "'%s:%s'".formatted(place, name)).toList()));
    }
    return of(having.isEmpty() ? growth.places().get(0) : having.get(0), name);
  }

  /** By how much a namespace's counter grew: {@code counted[client, 'TcpExt.TCPFastRetrans']}. */
  public long getAt(List<?> netnsAndName) {
    if (netnsAndName.size() != 2 || !(netnsAndName.get(0) instanceof Netns netns)) {
      throw new PlanException(
          "Cannot find counter " + netnsAndName, "say counted[client, 'TcpExt.TCPFastRetrans']");
    }
    return of(netns.name(), String.valueOf(netnsAndName.get(1)));
  }

  private long of(String place, String name) {
    Map<String, Long> all = growth.of(place);
    if (!all.containsKey(name)) {
      throw CounterNames.unknown(name, all.keySet());
    }
    return all.get(name);
  }

  /** By how much one counter grew per round trip; NaN when none were counted. */
  public double perTransaction(String name) {
    return getTransactions() == 0 ? Double.NaN : (double) getAt(name) / getTransactions();
  }

  /** All that grew, of those that {@code only:} named. */
  public Table getTable() {
    return table(wanted, false);
  }

  /** Those of some names, grown or not; {@code *} stands for any letters: {@code 'TcpExt.*'}. */
  public Table table(String... names) {
    return table(CounterNames.matching(List.of(names)), true);
  }

  private Table table(Predicate<String> shown, boolean withThoseThatStood) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String place : growth.places()) {
      growth
          .of(place)
          .forEach(
              (name, grown) -> {
                if (shown.test(name) && (withThoseThatStood || grown != 0)) {
                  rows.add(row(place, name, grown));
                }
              });
    }
    return TableView.table("", rows);
  }

  private Map<String, Object> row(String place, String name, long grown) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("place", place);
    row.put("counter", name);
    row.put("growth", grown);
    row.put("per second", grown * 1e9 / growth.took().toNanos());
    if (getTransactions() > 0) {
      row.put("per transaction", (double) grown / getTransactions());
    }
    return row;
  }

  /** The growth in each interval, of the counters that grew: a row for each time. */
  public Table getSeries() {
    return series("*");
  }

  /** The same of some names; {@code *} stands for any letters. */
  public Table series(String... names) {
    if (growth.moments().isEmpty()) {
      throw new PlanException(
          "Cannot show counters over time: nothing was read meanwhile",
          "say counters(client, interval: 0.1.seconds) { ... }");
    }
    return TableView.table("", growth.series(CounterNames.matching(List.of(names)).and(wanted)));
  }

  MimeBundle bundle() {
    return TableView.bundle(getTable());
  }

  /** {@code counted client, machine during 1.02 s: 31 counters grew}. */
  @Override
  public String toString() {
    long grown =
        growth.places().stream()
            .flatMap(place -> growth.of(place).entrySet().stream())
            .filter(entry -> entry.getValue() != 0 && wanted.test(entry.getKey()))
            .count();
    return "counted %s during %.2f s: %d counters grew"
        .formatted(String.join(", ", growth.places()), growth.took().toNanos() / 1e9, grown);
  }
}
