package vethbook.dsl;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vethbook.measure.MachineRecord;
import vethbook.tool.Tool;

/**
 * Which programs an experiment has measured with. They are asked for their versions after it, so
 * that nothing is started beside what is measured.
 */
final class ToolsUsed {
  private final Set<Tool> used = EnumSet.noneOf(Tool.class);
  private final Map<Tool, Optional<String>> versions = new EnumMap<>(Tool.class);

  /** Notes tools; servers among them that are not installed run elsewhere, and are left out. */
  synchronized void add(Tool... tools) {
    used.addAll(List.of(tools));
  }

  /** An experiment begins. */
  synchronized void clear() {
    used.clear();
  }

  /** The record with the version of each tool that was used. */
  synchronized MachineRecord in(MachineRecord machine) {
    MachineRecord known = machine;
    for (Tool tool : used) {
      Optional<String> version = versions.computeIfAbsent(tool, Tool::version);
      known = version.isPresent() ? known.with(tool.program(), version.get()) : known;
    }
    return known;
  }
}
