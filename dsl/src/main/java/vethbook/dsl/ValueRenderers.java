package vethbook.dsl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vethbook.extension.MimeBundle;
import vethbook.extension.Renderer;
import vethbook.lab.Device;
import vethbook.lab.Netns;
import vethbook.lab.Plan;
import vethbook.measure.Metric;
import vethbook.measure.Sample;
import vethbook.tool.Figure;
import vethbook.tool.Ping;
import vethbook.tool.ToolResult;
import vethbook.tool.TrafficResult;
import vethbook.view.PlanView;
import vethbook.view.TableView;
import vethbook.view.ValueTable;

/**
 * How single values and lists of them show themselves: a line as text, a table where there is room
 * for one.
 */
final class ValueRenderers {
  private ValueRenderers() {}

  static List<Renderer<?>> all() {
    return List.of(
        Renderer.of(Device.class, ValueRenderers::device),
        Renderer.of(Netns.class, netns -> TableView.bundle(LabTopology.devices(netns))),
        Renderer.of(Plan.class, plan -> PlanView.bundle(plan.steps(), plan.commands(), plan)),
        Renderer.of(
            TrafficResult.class, result -> withLine(result, result.test().toString(), of(result))),
        Renderer.of(Ping.Result.class, result -> withLine(result, "ping", of(result))),
        Renderer.of(Sample.class, sample -> ValueTable.facts("", of(sample))));
  }

  /** Maps, records and lists of them; after all others, which know more. */
  static List<Renderer<?>> general() {
    return List.of(
        Renderer.of(Collection.class, ValueRenderers::isTable, ValueRenderers::list),
        Renderer.of(Map.class, map -> !map.isEmpty(), ValueTable::bundle),
        Renderer.of(Record.class, ValueTable::bundle));
  }

  /** A tool's result: its line, and all its figures as a table. */
  static MimeBundle tool(ToolResult result) {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (Figure figure : result.figures()) {
      if (figure.isKnown()) {
        boolean isRate = figure.unit().equals("bit/s") && figure.value() >= 1e6;
        boolean isLarge = figure.value() >= 1e9;
        String unit = isRate ? isLarge ? "Gbit/s" : "Mbit/s" : figure.unit();
        double divisor = isRate ? isLarge ? 1e9 : 1e6 : 1;
        facts.put(named(figure.name(), unit), figure.value() / divisor);
      }
    }
    facts.put("engine", result.engine());
    return withLine(result, result.what(), facts);
  }

  private static MimeBundle device(Device device) {
    String line = LabTopology.line(device);
    return device.link().isEmpty()
        ? MimeBundle.plain(line)
        : ValueTable.rows("", List.of(LabTopology.row(device))).and(MimeBundle.PLAIN, line);
  }

  /** Whether there is more to show of a list than the text of what is in it. */
  private static boolean isTable(Collection<?> items) {
    return !items.isEmpty()
        && (items.stream().allMatch(item -> item instanceof Map || item instanceof Record)
            || items.stream().allMatch(Netns.class::isInstance)
            || items.stream().allMatch(Device.class::isInstance));
  }

  private static MimeBundle list(Collection<?> items) {
    if (!items.isEmpty() && items.stream().allMatch(Netns.class::isInstance)) {
      return ValueTable.rows("", items.stream().map(one -> row((Netns) one)).toList());
    }
    if (!items.isEmpty() && items.stream().allMatch(Device.class::isInstance)) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Object item : items) {
        Device device = (Device) item;
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("netns", device.netns().name());
        row.putAll(
            device.link().isEmpty()
                ? Map.of("device", device.name(), "state", "does not exist yet")
                : LabTopology.row(device));
        rows.add(row);
      }
      return ValueTable.rows("", rows);
    }
    if (!items.isEmpty() && items.stream().allMatch(Sample.class::isInstance)) {
      return ValueTable.rows("", items.stream().map(one -> of((Sample) one)).toList());
    }
    return ValueTable.bundle(items);
  }

  private static Map<String, Object> row(Netns netns) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("netns", netns.name());
    List<Device> devices =
        netns.handle().links().list().stream()
            .filter(link -> !link.name().equals("lo"))
            .map(link -> netns.device(link.name()))
            .toList();
    row.put("devices", devices.stream().map(Device::name).toList());
    row.put("addresses", devices.stream().flatMap(one -> one.addresses().stream()).toList());
    return row;
  }

  private static Map<String, Object> of(TrafficResult result) {
    Map<String, Object> facts = new LinkedHashMap<>();
    boolean bits = !result.test().countsRoundTrips();
    facts.put(
        bits ? "throughput (Gbit/s)" : "rate (transactions/s)",
        bits ? result.value() / 1e9 : result.value());
    result.latencies().forEach((name, value) -> facts.put(name + " latency (µs)", value));
    facts.putAll(result.others());
    facts.put("engine", result.engine());
    if (!result.clientCpus().isEmpty()) {
      facts.put("CPUs of client and server", result.clientCpus() + " and " + result.serverCpus());
    }
    if (result.nice() != 0) {
      facts.put("nice", result.nice());
    }
    return facts;
  }

  private static Map<String, Object> of(Ping.Result result) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("to", result.to());
    facts.put("answered", result.received() + " of " + result.sent());
    facts.put("shortest (µs)", result.minMicros());
    facts.put("mean (µs)", result.meanMicros());
    facts.put("longest (µs)", result.maxMicros());
    if (!result.trouble().isEmpty()) {
      facts.put("trouble", result.trouble());
    }
    return facts;
  }

  private static Map<String, Object> of(Sample sample) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("setting", sample.setting());
    facts.put("round", sample.round());
    facts.put("position", sample.position());
    facts.put(sample.measurement().metric().toString(), sample.measurement().value());
    for (Map.Entry<Metric, Double> extra : sample.measurement().extras().entrySet()) {
      facts.put(extra.getKey().toString(), extra.getValue());
    }
    facts.put("engine", sample.measurement().engine());
    facts.put("disturbed by", String.join("; ", sample.load().marks()));
    facts.put("took (s)", sample.took().toNanos() / 1e9);
    return facts;
  }

  private static String named(String name, String unit) {
    return unit.isEmpty() ? name : name + " (" + unit + ")";
  }

  private static MimeBundle withLine(Object value, String caption, Map<String, Object> facts) {
    return ValueTable.facts(caption, facts).and(MimeBundle.PLAIN, value.toString());
  }
}
