package vethbook.view;

import java.util.List;
import tech.tablesaw.api.Table;
import vethbook.extension.MimeBundle;
import vethbook.extension.Renderer;
import vethbook.linux.ExperimentException;
import vethbook.measure.Comparison;
import vethbook.measure.MachineRecord;
import vethbook.measure.Results;

/** How the values that cells return show themselves. */
public final class Renderers {
  private Renderers() {}

  /**
   * Renderers for tables, plots, comparisons, results, machines and topologies.
   *
   * @param pictures of the session that the cells belong to
   */
  public static List<Renderer<?>> of(Pictures pictures) {
    return List.of(
        Renderer.of(Table.class, TableView::bundle),
        Renderer.of(Plot.class, Plot::bundle),
        Renderer.of(ComparisonTable.class, ComparisonTable::bundle),
        Renderer.of(Comparison.class, comparison -> ComparisonTable.of(comparison).bundle()),
        Renderer.of(Results.class, Renderers::results),
        Renderer.of(MachineRecord.class, machine -> MachineTable.sheet(machine).bundle()),
        Renderer.of(Topology.class, topology -> TopologyPicture.bundle(pictures, topology)));
  }

  /** What was found; where settings cannot be compared, why, and what there is. */
  private static MimeBundle results(Results results) {
    if (results.samples().isEmpty()) {
      return MimeBundle.plain(results.toString());
    }
    try {
      return ComparisonTable.of(results).bundle();
    } catch (ExperimentException e) {
      return SampleTable.sheet(results, e.describe("")).bundle();
    }
  }
}
