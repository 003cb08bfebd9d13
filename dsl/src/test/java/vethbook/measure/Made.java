package vethbook.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Results made of given values. */
final class Made {
  static final MachineRecord MACHINE =
      new MachineRecord(
          "6.18.44",
          "Some CPU",
          2,
          Map.of("spectre_v2", "Mitigation: IBRS"),
          "",
          "tsc",
          "virtual machine",
          4L << 30,
          "bbr",
          "17.0.15",
          0.5,
          Map.of("netperf", "2.7.0"),
          Instant.EPOCH);

  private Made() {}

  static Sample sample(String setting, int round, double value) {
    return sample(setting, round, Measurement.of(Metric.TRANSACTION_RATE, value, "built-in"));
  }

  static Sample sample(String setting, int round, Measurement measurement) {
    return new Sample(
        setting,
        round,
        1,
        measurement,
        new Load(0.25, 0.5, 0, 0.01),
        Map.of("softnet.processed", 2L * Math.round(measurement.value())),
        Instant.EPOCH.plusSeconds(round),
        Duration.ofSeconds(1));
  }

  static List<Sample> samples(String setting, double... values) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      samples.add(sample(setting, i + 1, values[i]));
    }
    return samples;
  }

  @SafeVarargs
  static Results results(List<Sample>... bySetting) {
    List<Sample> all = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    for (List<Sample> samples : bySetting) {
      all.addAll(samples);
      samples.stream().map(Sample::setting).distinct().forEach(settings::add);
    }
    return new Results(
        "Is it slower?", "host", 10, 7, 2, settings, all, List.of(), List.of(), MACHINE);
  }
}
