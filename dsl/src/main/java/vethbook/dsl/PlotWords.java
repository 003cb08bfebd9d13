package vethbook.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;
import vethbook.tool.Tabular;
import vethbook.view.Plot;
import vethbook.view.TablePlot;
import vethbook.view.TableView;

/** Words that draw. What an experiment found draws itself: {@code result.plot()}. */
public interface PlotWords {
  /**
   * A plot of any table: {@code plot(table) { x 'time'; y 'throughput'; color 'setting' }}. Without
   * one of the words {@code bars()}, {@code boxes()}, {@code series()} … the columns decide.
   */
  default Plot plot(
      Table table,
      @DelegatesTo(value = PlotSpec.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block) {
    TablePlot plot = new TablePlot(LabScript.session(this).pictures(), table);
    Closure<?> own = (Closure<?>) block.clone();
    own.setDelegate(new PlotBlock(plot));
    own.setResolveStrategy(Closure.DELEGATE_FIRST);
    own.call();
    return plot.plot();
  }

  /** The plot that fits the table's columns. */
  default Plot plot(Table table) {
    return new TablePlot(LabScript.session(this).pictures(), table).plot();
  }

  /**
   * A plot of rows, each a map of columns and values: {@code [[device: 'tun', rate: 1.4], ...]}.
   */
  default Plot plot(
      List<Map<String, Object>> rows,
      @DelegatesTo(value = PlotSpec.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block) {
    return plot(TableView.table("", rows), block);
  }

  /** A plot of a result that is a table as well, such as a series over time. */
  default Plot plot(
      Tabular result,
      @DelegatesTo(value = PlotSpec.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block) {
    return plot(TableView.table(result.title(), result.rows()), block);
  }

  /** The plot that fits the columns of such a result. */
  default Plot plot(Tabular result) {
    return plot(TableView.table(result.title(), result.rows()));
  }

  /** A plot of the user's own: a Vega-Lite 5 specification as maps and lists. */
  default Plot plot(Map<String, ?> spec) {
    return LabScript.session(this).pictures().plot(spec);
  }
}
