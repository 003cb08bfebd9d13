package vethbook.dsl;

import tech.tablesaw.api.Table;
import vethbook.tool.Tabular;
import vethbook.view.TableView;

/** What a cell can say about results that are tables as well: {@code result.table}. */
public final class TabularWords {
  private TabularWords() {}

  /** A series over time, a list of functions, ... as a table. */
  public static Table getTable(Tabular self) {
    return TableView.table(self.title(), self.rows());
  }
}
