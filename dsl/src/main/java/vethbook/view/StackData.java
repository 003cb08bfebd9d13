package vethbook.view;

import java.util.List;

/**
 * What a whole is made of, for each setting: CPU time by kind, softirqs by kind.
 *
 * @param parts their names, the lowest in the stack first
 * @param bars one for each setting, in order
 */
record StackData(String quantity, String unit, List<String> parts, List<Bar> bars) {
  StackData {
    parts = List.copyOf(parts);
    bars = List.copyOf(bars);
  }

  /**
   * One setting.
   *
   * @param values of each part; zero or more
   */
  record Bar(String setting, List<Double> values) {
    Bar {
      values = List.copyOf(values);
    }

    double total() {
      return values.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).sum();
    }
  }
}
