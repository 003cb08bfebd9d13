package vethbook.view;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vethbook.measure.MachineRecord;
import vethbook.view.Sheet.Cell;
import vethbook.view.Sheet.Heading;
import vethbook.view.Sheet.Tone;

/** The machine that an experiment ran on, a fact in each row; what is not known has none. */
public final class MachineTable {
  private static final double GIB = 1L << 30;

  private MachineTable() {}

  /** What is known of it, in the order in which it is shown. */
  public static Map<String, String> facts(MachineRecord machine) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Linux", machine.linux());
    facts.put("CPU", machine.cpuModel());
    facts.put("CPUs used", String.valueOf(machine.cpus()));
    facts.put("frequency governor", machine.governor());
    facts.put("clock source", machine.clocksource());
    facts.put("virtualisation", machine.virtualisation());
    facts.put("memory", Numbers.fixed(machine.memoryBytes() / GIB, 1) + " GiB");
    facts.put("TCP congestion control", machine.congestionControl());
    facts.put("load average", Numbers.fixed(machine.loadAverage(), 2));
    facts.put("Java", machine.java());
    machine.tools().forEach(facts::put);
    machine.mitigations().forEach((name, state) -> facts.put("mitigation of " + name, state));
    facts.put("recorded", machine.at().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.values().removeIf(String::isBlank);
    return facts;
  }

  static Sheet sheet(MachineRecord machine) {
    List<List<Cell>> rows = new ArrayList<>();
    facts(machine)
        .forEach((name, value) -> rows.add(List.of(new Cell(name, Tone.STRONG), Cell.of(value))));
    return new Sheet(
        "", List.of(new Heading("machine", false), new Heading("", false)), rows, List.of());
  }
}
