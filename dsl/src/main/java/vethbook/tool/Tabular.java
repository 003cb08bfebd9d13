package vethbook.tool;

import java.util.List;
import java.util.Map;

/** Something that is a table as well: a series over time, a list of packets or functions. */
public interface Tabular {
  /** What the table is of. */
  String title();

  /** Its rows; columns are named with their unit, and all rows have the same. */
  List<Map<String, Object>> rows();
}
