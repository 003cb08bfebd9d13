package vethbook.view;

import java.util.ArrayList;
import java.util.List;
import vethbook.view.ComparisonData.Round;
import vethbook.view.ComparisonData.Row;

/**
 * Which rounds get a dot: all of them, until a chart would have more than 1000; then every second,
 * third … and all that are disturbed or far from the others.
 */
record DrawnRounds(int every, boolean many) {
  private static final int MOST = 1000;
  private static final int MANY = 60;

  static DrawnRounds of(List<Row> rows) {
    int count = rows.stream().mapToInt(row -> row.rounds().size()).sum();
    boolean many = rows.stream().anyMatch(row -> row.rounds().size() > MANY);
    return new DrawnRounds(Math.max(1, (count + MOST - 1) / MOST), many);
  }

  List<Round> of(Row row) {
    if (every == 1) {
      return row.rounds();
    }
    Outliers outliers = Outliers.of(row.rounds());
    List<Round> drawn = new ArrayList<>();
    for (int i = 0; i < row.rounds().size(); i++) {
      Round round = row.rounds().get(i);
      if (i % every == 0 || round.contaminated() || outliers.contain(round)) {
        drawn.add(round);
      }
    }
    return drawn;
  }

  /** Side of a dot in pixels. */
  double dot() {
    return many ? 3 : 6.5;
  }

  /** Area of a dot, as Vega counts it. */
  double area(Round round) {
    if (round.contaminated()) {
      return 44;
    }
    return many ? 7 : 26;
  }

  /** What a dot is: {@code one round}. */
  String words() {
    return switch (every) {
      case 1 -> "one round";
      case 2 -> "every second round";
      default -> "every " + every + "th round";
    };
  }
}
