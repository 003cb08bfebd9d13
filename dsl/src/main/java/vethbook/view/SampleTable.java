package vethbook.view;

import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import vethbook.measure.Results;
import vethbook.measure.Sample;

/** All samples of an experiment, one in each row. */
public final class SampleTable {
  private SampleTable() {}

  /** Values in base units, in the order in which they were taken. */
  public static Table table(Results results) {
    List<Sample> samples = results.samples();
    return Table.create(
        results.title(),
        IntColumn.create("round", samples.stream().mapToInt(Sample::round).toArray()),
        StringColumn.create("setting", samples.stream().map(Sample::setting).toList()),
        StringColumn.create(
            "metric", samples.stream().map(s -> s.measurement().metric().toString()).toList()),
        DoubleColumn.create(
            "value", samples.stream().mapToDouble(s -> s.measurement().value()).toArray()),
        StringColumn.create("engine", samples.stream().map(s -> s.measurement().engine()).toList()),
        StringColumn.create(
            "disturbed by",
            samples.stream().map(s -> String.join(", ", s.load().marks())).toList()));
  }

  static Sheet sheet(Results results, String note) {
    Sheet sheet = TableView.sheet(table(results));
    List<String> notes =
        java.util.stream.Stream.concat(java.util.stream.Stream.of(note), sheet.notes().stream())
            .toList();
    return new Sheet(sheet.caption(), sheet.headings(), sheet.rows(), notes);
  }
}
