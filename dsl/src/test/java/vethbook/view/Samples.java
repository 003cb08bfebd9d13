package vethbook.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import vethbook.view.ComparisonData.Change;
import vethbook.view.ComparisonData.Round;
import vethbook.view.ComparisonData.Row;
import vethbook.view.ComparisonData.Verdict;

/** Comparisons made up from a seed. */
final class Samples {
  private static final double HOST = 60_300;

  private Samples() {}

  static ComparisonData containers() {
    return comparison(
        "host",
        List.of(
            row("host", 1, 12, null),
            row("veth", 0.81, 12, Verdict.LOWER),
            row("veth + bridge + NAT", 0.70, 12, Verdict.LOWER),
            row("macvlan", 0.97, 12, Verdict.LOWER),
            row("ipvlan", 0.99, 12, Verdict.UNCLEAR)),
        List.of());
  }

  static ComparisonData two() {
    return comparison(
        "rps off",
        List.of(row("rps off", 1, 10, null), row("rps cpu 1", 1.31, 10, Verdict.HIGHER)),
        List.of());
  }

  static ComparisonData ten() {
    List<Row> rows = new ArrayList<>();
    rows.add(row("host", 1, 10, null));
    for (int i = 1; i < 9; i++) {
      rows.add(
          row(
              i == 3 ? "container behind two bridges and a firewall" : "setting-" + i,
              1 - i * 0.06,
              10,
              Verdict.LOWER));
    }
    rows.add(skipped("ipvlan l3s", "this Linux has no ipvlan (CONFIG_IPVLAN is not set)"));
    return comparison(
        "host", rows, List.of("2 of 90 rounds were disturbed by other load on this machine."));
  }

  static ComparisonData chinese() {
    return comparison(
        "主机",
        List.of(
            row("主机", 1, 12, null),
            row("veth 网桥", 0.8, 12, Verdict.LOWER),
            row("macvlan 桥接", 0.91, 12, Verdict.LOWER)),
        List.of());
  }

  static ComparisonData comparison(String baseline, List<Row> rows, List<String> notes) {
    return new ComparisonData(
        "Is a container slower than its host?",
        "TCP_RR",
        "rate",
        "transactions/s",
        true,
        "netperf 2.7",
        12,
        Duration.ofSeconds(5),
        0.03,
        baseline,
        rows,
        notes);
  }

  static Row skipped(String setting, String reason) {
    return new Row(setting, List.of(), Double.NaN, Double.NaN, Double.NaN, null, reason);
  }

  static Row row(String setting, double share, int count, Verdict verdict) {
    Random random = new Random(setting.hashCode());
    List<Round> rounds = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      double slow = setting.equals("veth") && i == 5 ? 0.88 : 1;
      double value = HOST * share * slow * (1 + random.nextGaussian() * 0.015);
      rounds.add(new Round(i, Math.round(value), i == 8 && share < 0.9));
    }
    double[] sorted = rounds.stream().mapToDouble(Round::value).sorted().toArray();
    double median = Arrays.stream(sorted).skip((count - 1) / 2).findFirst().orElse(Double.NaN);
    Change change =
        verdict == null
            ? null
            : new Change(share - 1, share - 1.012, share - 0.988, verdict, words(verdict, share));
    return new Row(setting, rounds, median, sorted[2], sorted[count - 3], change, null);
  }

  private static String words(Verdict verdict, double share) {
    return switch (verdict) {
      case LOWER -> "slower by %.0f %%".formatted(100 - 100 * share);
      case HIGHER -> "faster by %.0f %%".formatted(100 * share - 100);
      case SAME -> "the same within 3 %";
      case UNCLEAR -> "no difference found; 2 % would have shown";
    };
  }
}
