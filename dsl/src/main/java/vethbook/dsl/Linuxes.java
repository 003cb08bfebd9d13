package vethbook.dsl;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.lab.PlanException;
import vethbook.linux.CountedTime;
import vethbook.vm.VirtualMachine;

/** Under which Linux each setting of an experiment in counted time is measured. */
final class Linuxes {
  private static final String OPTION = "linux";

  private final boolean isCounted;
  private final String usual;
  private final @Nullable String only = System.getProperty(Handover.LINUX);
  private final Map<String, String> bySetting = new LinkedHashMap<>();

  /**
   * @param isCounted whether the experiment has {@code clock: 'counted'}
   * @param experiment its options
   */
  Linuxes(boolean isCounted, Options experiment) {
    this.isCounted = isCounted;
    usual = of("the experiment", experiment, VirtualMachine.USUAL);
  }

  private String of(String what, Options options, String otherwise) {
    if (!options.has(OPTION)) {
      return otherwise;
    }
    if (!isCounted) {
      throw new PlanException(
          "Cannot choose the Linux of " + what,
          "say experiment(..., clock: 'counted'), which measures in a guest with that Linux");
    }
    if (CountedTime.isOn() && only == null) {
      throw new PlanException(
          "Cannot choose the Linux of " + what + " inside a guest",
          "run the notebook without --counted; the experiment starts its own guests");
    }
    return options.text(OPTION);
  }

  /** Notes a setting; false in a guest that is not for it. */
  boolean takes(String setting, Options options) {
    String linux = of("setting '" + setting + "'", options, usual);
    bySetting.put(setting, linux);
    return only == null || only.equals(linux);
  }

  /** All that are used, each once. */
  Set<String> used() {
    return new LinkedHashSet<>(bySetting.values());
  }

  /** All settings, in the experiment's order. */
  List<String> settings() {
    return List.copyOf(bySetting.keySet());
  }
}
