package vethbook.view;

import java.util.List;

/**
 * A value for each pair of two factors.
 *
 * @param across name of the factor along the bottom, such as {@code MTU (bytes)}
 * @param down name of the factor from the top down
 * @param columns its levels, in order
 * @param rows the other's levels
 * @param values by row, then by column; NaN where nothing was measured
 */
record GridData(
    String across,
    String down,
    String quantity,
    String unit,
    boolean higherIsBetter,
    List<String> columns,
    List<String> rows,
    List<List<Double>> values) {
  GridData {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    values = List.copyOf(values);
  }

  double value(int row, int column) {
    return values.get(row).get(column);
  }
}
