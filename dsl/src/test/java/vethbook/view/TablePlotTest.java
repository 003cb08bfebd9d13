package vethbook.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import vethbook.linux.ExperimentException;
import vethbook.view.TablePlot.Channel;
import vethbook.view.TablePlot.Kind;

class TablePlotTest {
  private final Pictures pictures = new Pictures(warning -> {});

  @Test
  void picksTheKindByTheColumns() {
    assertThat(described(plot())).contains("\"line\"").contains("Throughput over time");
    assertThat(described(plot().column(Channel.Y, "throughput").column(Channel.COLOR, "setting")))
        .contains("Throughput by setting")
        .contains("\"lower\"");
    assertThat(described(plot().column(Channel.X, "throughput"))).contains("How often: throughput");
    assertThat(
            described(
                plot()
                    .column(Channel.X, "setting")
                    .column(Channel.Y, "half")
                    .column(Channel.COLOR, "throughput")))
        .contains("Best throughput");
  }

  @Test
  void findsAColumnWithOrWithoutItsUnitAndShowsTheUnit() {
    TablePlot plot = plot().column(Channel.X, "TIME (s)").column(Channel.Y, "throughput");
    assertThat(described(plot)).contains("\"time (s)\"").contains("\"throughput (Gbit/s)\"");
  }

  @Test
  void marksWhereTheLevelShiftsAfterTheWarmUp() {
    Table table =
        Table.create("t", DoubleColumn.create("time (s)"), DoubleColumn.create("rate (1/s)"));
    for (int i = 0; i < 60; i++) {
      table.doubleColumn(0).append(i);
      table.doubleColumn(1).append((i < 20 ? 100 : i < 40 ? 10 : 5) + i % 3 / 10.0);
    }
    TablePlot plot =
        new TablePlot(pictures, table).column(Channel.X, "time").column(Channel.Y, "rate");

    assertThat(described(plot)).doesNotContain("\u2212");
    assertThat(described(plot.findChanges())).contains("\u221290 %", "\u221250 %");
    assertThat(described(plot.warmUp(20))).contains("\u221250 %").doesNotContain("\u221290 %");
  }

  @Test
  void missingValuesAreNoPoints() {
    Table table = table();
    table.doubleColumn("throughput (Gbit/s)").set(0, Double.NaN);
    Plot plot = new TablePlot(pictures, table).column(Channel.X, "throughput").plot();
    assertThat(plot.getSpec().toString()).contains("n = 19").doesNotContain("NaN");
  }

  @Test
  void aWrongColumnIsAnErrorWithTheNearestName() {
    assertThatThrownBy(() -> plot().column(Channel.COLOR, "settin"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("no column 'settin'")
        .hasMessageContaining("did you mean setting?");
    assertThatThrownBy(() -> plot().kind(Kind.HEAT_MAP).column(Channel.X, "time").plot())
        .hasMessageContaining("heat map needs a column for y");
    assertThatThrownBy(
            () ->
                plot()
                    .kind(Kind.SERIES)
                    .column(Channel.X, "setting")
                    .column(Channel.Y, "time")
                    .plot())
        .hasMessageContaining("column 'setting' holds no numbers");
    assertThatThrownBy(() -> new TablePlot(pictures, Table.create("none")).plot())
        .hasMessageContaining("no rows");
  }

  @Test
  void settingsNamedByTwoFactorsAreAGrid() {
    SettingGrid grid =
        SettingGrid.of(
                List.of(
                    "mtu 1500, rps off",
                    "mtu 9000, rps off",
                    "mtu 1500, rps on",
                    "mtu 9000, rps on"))
            .orElseThrow();
    assertThat(grid.down()).isEqualTo("mtu");
    assertThat(grid.rows()).containsExactly("1500", "9000");
    assertThat(grid.columns()).containsExactly("off", "on");
    assertThat(SettingGrid.of(List.of("host", "veth"))).isEmpty();
    assertThat(SettingGrid.of(List.of("a, b", "a, c", "b, c"))).isEmpty();
  }

  @Test
  void labelsAtLineEndsStayApartAndInside() {
    double[] places = EndLabels.places(new double[] {100, 101, 99, 3, 2, 250}, 16, 250);
    double[] sorted = java.util.Arrays.stream(places).sorted().toArray();
    for (int i = 1; i < sorted.length; i++) {
      assertThat(sorted[i] - sorted[i - 1]).isGreaterThanOrEqualTo(15.99);
    }
    assertThat(sorted[0]).isGreaterThanOrEqualTo(0);
    assertThat(sorted[sorted.length - 1]).isLessThanOrEqualTo(250);
    assertThat(places[2]).isLessThan(places[0]);
  }

  private TablePlot plot() {
    return new TablePlot(pictures, table());
  }

  private static String described(TablePlot plot) {
    Map<String, Object> spec = plot.plot().getSpec();
    try {
      return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(spec);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Table table() {
    List<Double> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    List<String> halves = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      times.add(Math.floor(i / 2.0));
      values.add(9 + Math.sin(i));
      settings.add(i % 2 == 0 ? "veth" : "ipvlan");
      halves.add(i < 10 ? "first" : "second");
    }
    return Table.create(
        "demo",
        DoubleColumn.create("time (s)", times),
        DoubleColumn.create("throughput (Gbit/s)", values),
        StringColumn.create("setting", settings),
        StringColumn.create("half", halves));
  }
}
