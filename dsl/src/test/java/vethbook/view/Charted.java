package vethbook.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import vethbook.view.ComparisonData.Change;
import vethbook.view.ComparisonData.Round;
import vethbook.view.ComparisonData.Row;
import vethbook.view.ComparisonData.Verdict;

/** Every kind of chart, of made-up data: few and many settings, few and many points. */
@SuppressWarnings("ImmutableEnumChecker")
enum Charted {
  BARS((charts, size) -> charts.bars(size.rounds(), size.words("bar"), true)),
  DOTS((charts, size) -> charts.bars(size.rounds(), size.words("line"), false)),
  BOXES((charts, size) -> charts.boxes(size.rounds(), size.words(), false)),
  PAIRED((charts, size) -> charts.boxes(size.rounds(), size.words(), true)),
  ECDF((charts, size) -> charts.ecdf(size.rounds(), size.words(), "round")),
  HISTOGRAM((charts, size) -> charts.histogram(size.rounds(), size.words(), "round")),
  PERCENTILES((charts, size) -> charts.percentiles(size.percentiles(), size.open())),
  SERIES((charts, size) -> charts.series(size.series(), size.words())),
  HEAT_MAP((charts, size) -> charts.heatMap(size.grid(), size.open())),
  STACKED((charts, size) -> charts.stacked(size.stack(), size.open())),
  POINTS((charts, size) -> charts.points(size.series(), size.words()));

  private final BiFunction<Charts, Size, Plot> draw;

  Charted(BiFunction<Charts, Size, Plot> draw) {
    this.draw = draw;
  }

  Plot draw(Pictures pictures, Size size) {
    return draw.apply(new Charts(pictures), size);
  }

  /** How much there is to draw, and in which language. */
  @SuppressWarnings("ImmutableEnumChecker")
  enum Size {
    SMALL(List.of("rps off", "rps cpu 1"), 3),
    LARGE(
        List.of(
            "host",
            "veth",
            "veth + bridge + NAT",
            "macvlan",
            "ipvlan l2",
            "ipvlan l3s",
            "netkit",
            "container behind two bridges"),
        400),
    CHINESE(List.of("主机", "虚拟网桥 veth", "macvlan 桥接模式"), 12);

    private final List<String> settings;
    private final int points;

    Size(List<String> settings, int points) {
      this.settings = settings;
      this.points = points;
    }

    ChartText words() {
      return new ComparisonText(rounds()).around("bar = median").and(List.of());
    }

    ChartText words(String mark) {
      ComparisonText text = new ComparisonText(rounds());
      return text.around(text.key(mark));
    }

    /** Without a finding, for charts that find one themselves. */
    ChartText open() {
      return new ChartText("", new ComparisonText(rounds()).method(), List.of());
    }

    ComparisonData rounds() {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < settings.size(); i++) {
        rows.add(row(i));
      }
      boolean chinese = this == CHINESE;
      return new ComparisonData(
          chinese ? "容器比主机慢吗？" : "Is a container slower than its host?",
          "TCP_RR",
          chinese ? "吞吐量" : "rate",
          chinese ? "次/秒" : "transactions/s",
          true,
          "netperf 2.7",
          points,
          Duration.ofSeconds(5),
          0.03,
          settings.get(0),
          rows,
          points < 6 ? List.of("3 rounds cannot show an interval; 6 can.") : List.of());
    }

    private Row row(int at) {
      Random random = new Random(at + 1);
      double share = 1 - 0.06 * at;
      List<Round> rounds = new ArrayList<>();
      for (int i = 1; i <= points; i++) {
        double slow = at == 1 && i == 8 ? 0.86 : 1;
        double value = 60_300 * share * slow * (1 + random.nextGaussian() * 0.015);
        rounds.add(new Round(i, Math.round(value), i == 5 && at == 1));
      }
      double[] sorted = rounds.stream().mapToDouble(Round::value).sorted().toArray();
      boolean few = points < 6;
      Change change =
          at == 0
              ? null
              : new Change(
                  share - 1,
                  few ? Double.NaN : share - 1.012,
                  few ? Double.NaN : share - 0.988,
                  few ? Verdict.UNCLEAR : Verdict.LOWER,
                  "slower");
      return new Row(
          settings.get(at),
          rounds,
          sorted[points / 2],
          few ? Double.NaN : sorted[points / 2 - points / 6],
          few ? Double.NaN : sorted[points / 2 + points / 6],
          change,
          null);
    }

    PercentileCurves percentiles() {
      List<Row> rows = new ArrayList<>();
      for (int at = 0; at < settings.size(); at++) {
        Random random = new Random(at + 1);
        List<Round> values = new ArrayList<>();
        for (int i = 1; i <= points * 50; i++) {
          double tail = random.nextDouble() < 0.01 ? 1 + 20 * random.nextDouble() : 1;
          values.add(new Round(i, (12 + at) * Math.exp(random.nextGaussian() * 0.1) * tail, false));
        }
        rows.add(new Row(settings.get(at), values, 0, 0, 0, null, null));
      }
      ComparisonData rounds = rounds();
      return PercentilePlot.ofValues(
          new ComparisonData(
              "",
              "TCP_RR",
              "latency",
              "µs",
              false,
              "",
              1,
              Duration.ZERO,
              0,
              rounds.baseline(),
              rows,
              List.of()));
    }

    SeriesData series() {
      List<SeriesData.Line> lines = new ArrayList<>();
      for (int at = 0; at < settings.size(); at++) {
        Random random = new Random(at + 1);
        List<SeriesData.Point> line = new ArrayList<>();
        for (int i = 0; i < points; i++) {
          double time = 60.0 * i / points;
          double warm = 1 - 0.15 * Math.exp(-time / 2);
          double dip = at == 1 && time > 37 && time < 42 ? 0.85 : 1;
          double value = 61 * (1 - 0.06 * at) * warm * dip * (1 + random.nextGaussian() * 0.008);
          line.add(new SeriesData.Point(time, value, points == 12 && at == 1 && i == 5));
        }
        lines.add(new SeriesData.Line(settings.get(at), line));
      }
      return new SeriesData(
          this == CHINESE ? "时间 (s)" : "time (s)",
          "rate (thousand transactions/s)",
          settings.get(0),
          lines,
          points > 3 ? 8 : Double.NaN,
          points > 100
              ? List.of(new SeriesData.Mark(37, 42, settings.get(1) + ": −15 %, 37 to 42 s"))
              : List.of(),
          false);
    }

    GridData grid() {
      int columns = points == 400 ? 20 : points == 3 ? 3 : 4;
      List<String> across = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        across.add(Integer.toString(1500 + 500 * i));
      }
      List<List<Double>> values = new ArrayList<>();
      for (int row = 0; row < settings.size(); row++) {
        Double[] cells = new Double[columns];
        for (int i = 0; i < columns; i++) {
          cells[i] = row == 1 && i == 2 ? Double.NaN : 4.2 + i * 0.3 - row * 0.25;
        }
        values.add(Arrays.asList(cells));
      }
      return new GridData(
          "MTU (bytes)",
          this == CHINESE ? "设置" : "setting",
          "throughput",
          "Gbit/s",
          true,
          across,
          settings,
          values);
    }

    StackData stack() {
      List<String> parts = List.of("NET_RX", "NET_TX", "TIMER", "SCHED", "RCU");
      List<StackData.Bar> bars = new ArrayList<>();
      for (int at = 0; at < settings.size(); at++) {
        bars.add(
            new StackData.Bar(
                settings.get(at), List.of(2 + at * 0.6, 0.4, 0.05, 0.3 + at * 0.05, 0.01)));
      }
      return new StackData("softirqs", "per transaction", parts, bars);
    }
  }
}
