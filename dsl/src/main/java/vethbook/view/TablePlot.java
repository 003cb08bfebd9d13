package vethbook.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import vethbook.linux.ExperimentException;

/**
 * A plot of any table. A column's name holds its unit: {@code throughput (Mbit/s)}; {@code
 * throughput} finds it too.
 */
public final class TablePlot {
  private final Pictures pictures;
  private final Table table;
  private final TableColumns columns;
  private final TableRows rows;
  private final List<SeriesData.Mark> marks = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private @Nullable Kind kind;
  private String title = "";
  private String subtitle = "";
  private String baseline = "";
  private double warmUp = Double.NaN;
  private boolean findsChanges;

  public TablePlot(Pictures pictures, Table table) {
    this.pictures = pictures;
    this.table = table;
    columns = new TableColumns(table);
    rows = new TableRows(columns);
  }

  /** What a column is used for. */
  public enum Channel {
    X,
    Y,
    /** The setting or group that a row belongs to. */
    COLOR,
    /** Rows of several groups with the same value here are pairs. */
    ROUND
  }

  /** How it is drawn. */
  public enum Kind {
    BARS,
    DOTS,
    BOXES,
    PAIRED,
    ECDF,
    HISTOGRAM,
    PERCENTILES,
    SERIES,
    POINTS,
    HEAT_MAP,
    STACKED
  }

  /**
   * Uses a column.
   *
   * @throws ExperimentException when the table has none of this name
   */
  public TablePlot column(Channel channel, String name) {
    columns.use(channel, name);
    return this;
  }

  public TablePlot kind(Kind wanted) {
    kind = wanted;
    return this;
  }

  public TablePlot title(String text) {
    title = text;
    return this;
  }

  public TablePlot subtitle(String text) {
    subtitle = text;
    return this;
  }

  /** A sentence below the plot. */
  public TablePlot note(String text) {
    notes.add(text);
    return this;
  }

  /** The group that is drawn first and in grey. */
  public TablePlot baseline(String group) {
    baseline = group;
    return this;
  }

  /** Until where, on the axis along the bottom, values do not count. */
  public TablePlot warmUp(double end) {
    warmUp = end;
    return this;
  }

  /** Marks where the level changes. */
  public TablePlot findChanges() {
    findsChanges = true;
    return this;
  }

  /** Marks a place, or a stretch, of the axis along the bottom. */
  public TablePlot mark(double from, double to, String words) {
    marks.add(new SeriesData.Mark(from, to, words));
    return this;
  }

  /**
   * Draws it.
   *
   * @throws ExperimentException when the kind needs a column that was not named, or another kind of
   *     column
   */
  public Plot plot() {
    if (table.rowCount() == 0) {
      throw columns.refused("it has no rows", "plot a table with rows");
    }
    columns.choose();
    Kind chosen = kind == null ? fitting() : kind;
    columns.drawnAs(chosen);
    Charts charts = new Charts(pictures);
    return switch (chosen) {
      case BARS -> bars(charts, true);
      case DOTS -> bars(charts, false);
      case BOXES -> charts.boxes(rows.groups(baseline), words(valueTitle() + byGroup()), false);
      case PAIRED -> charts.boxes(rows.groups(baseline), words(valueTitle() + byGroup()), true);
      case ECDF ->
          charts.ecdf(rows.groups(baseline), words("Distribution of " + valueTitle()), "row");
      case HISTOGRAM ->
          charts.histogram(rows.groups(baseline), words("How often: " + valueTitle()), "row");
      case PERCENTILES ->
          charts.percentiles(PercentilePlot.ofValues(rows.groups(baseline)), words(""));
      case SERIES ->
          charts.series(
              series(),
              words(capital(TableColumns.quantity(y())) + " over " + TableColumns.quantity(x())));
      case POINTS ->
          charts.points(
              series(),
              words(capital(TableColumns.quantity(y())) + " by " + TableColumns.quantity(x())));
      case HEAT_MAP -> charts.heatMap(rows.grid(), words(""));
      case STACKED -> charts.stacked(rows.stack(), words(""));
    };
  }

  private Kind fitting() {
    boolean x = columns.has(Channel.X);
    boolean y = columns.has(Channel.Y);
    if (x && y && columns.isNumber(Channel.X) && columns.isNumber(Channel.Y)) {
      return TableColumns.isTime(columns.column(Channel.X).name()) || rows.isSorted()
          ? Kind.SERIES
          : Kind.POINTS;
    }
    if (x && y && columns.has(Channel.COLOR) && columns.isNumber(Channel.COLOR)) {
      return Kind.HEAT_MAP;
    }
    if (x && y && !columns.isNumber(Channel.X) && columns.has(Channel.COLOR)) {
      return Kind.STACKED;
    }
    boolean grouped = columns.has(Channel.COLOR) || (x && !columns.isNumber(Channel.X));
    if (y && grouped) {
      boolean several =
          rows.groups(baseline).rows().stream().anyMatch(row -> row.rounds().size() > 2);
      return several ? Kind.BOXES : Kind.BARS;
    }
    return Kind.HISTOGRAM;
  }

  private Plot bars(Charts charts, boolean fromZero) {
    ComparisonData data = rows.groups(baseline);
    String key = new ComparisonText(data).key(fromZero ? "bar" : "line").replace("round", "row");
    boolean single = data.rows().stream().allMatch(row -> row.rounds().size() == 1);
    String own = single ? "" : key + (fromZero ? "" : "; the axis does not start at zero");
    ChartText words = words(valueTitle() + byGroup());
    List<String> all = new ArrayList<>(own.isEmpty() ? List.of() : List.of(own));
    all.addAll(words.notes());
    return charts.bars(data, new ChartText(words.finding(), words.method(), all), fromZero);
  }

  private ChartText words(String finding) {
    return new ChartText(
        title.isEmpty() ? capital(finding) : title,
        subtitle.isEmpty() ? origin() : subtitle,
        notes);
  }

  private String origin() {
    String rows = Numbers.fixed(table.rowCount(), 0) + (table.rowCount() == 1 ? " row" : " rows");
    return table.name() == null || table.name().isEmpty() ? rows : table.name() + ", " + rows;
  }

  private String valueTitle() {
    return TableColumns.quantity(columns.valueColumn().name());
  }

  private String byGroup() {
    Column<?> group = columns.groupColumn();
    return group == null ? "" : " by " + TableColumns.quantity(group.name());
  }

  private SeriesData series() {
    List<SeriesData.Line> lines = rows.lines(true);
    List<SeriesData.Mark> all = new ArrayList<>(marks);
    if (findsChanges) {
      lines.forEach(line -> all.addAll(SeriesChanges.of(line, warmUp, lines.size() > 1)));
    }
    return new SeriesData(x(), y(), baseline, lines, warmUp, all, false);
  }

  private String x() {
    return columns.need(Channel.X).name();
  }

  private String y() {
    return columns.need(Channel.Y).name();
  }

  private static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
  }
}
