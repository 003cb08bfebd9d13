package vethbook.dsl;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import vethbook.linux.CountedTime;
import vethbook.measure.Doubts;
import vethbook.measure.Load;
import vethbook.measure.Warning;

/** Doubts about an experiment from what the machine does and from how its settings measured. */
final class MeasuringDoubts implements Doubts {
  private static final Duration LOOK = Duration.ofMillis(300);

  private final MeasurementReader reader;

  MeasuringDoubts(MeasurementReader reader) {
    this.reader = reader;
  }

  @Override
  public List<Warning> beforeTheFirstRun() {
    if (CountedTime.isOn()) {
      return List.of(new Warning(Warning.Kind.COUNTED, CountedTime.MEANING));
    }
    List<Warning> warnings = new ArrayList<>();
    try {
      Load load = Load.watch(LOOK);
      if (load.isContaminated()) {
        warnings.add(new Warning(Warning.Kind.MACHINE, busy(load)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the experiment ends before its first run
    }
    return warnings;
  }

  private static String busy(Load load) {
    return String.format(
        Locale.ROOT,
        "The machine is not quiet: %s (load average %.1f). Runs beside such work are marked, and"
            + " the intervals will be wide.",
        String.join("; ", load.marks()),
        load.loadAverage());
  }

  @Override
  public List<Warning> afterTheFirstRound() {
    Set<String> unpinned = reader.unpinned();
    return unpinned.isEmpty()
        ? List.of()
        : List.of(
            new Warning(
                Warning.Kind.DESIGN,
                "No fixed CPUs in %s: the rate of round trips changes up to tenfold with the CPUs that"
                        .formatted(String.join(", ", unpinned))
                    + " Linux happens to choose. Leave cpus: out to have both ends on one."));
  }
}
