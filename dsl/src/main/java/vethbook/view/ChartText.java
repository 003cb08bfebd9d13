package vethbook.view;

import java.util.List;

/**
 * The sentences around a chart.
 *
 * @param finding what the chart shows, as its title
 * @param method how it was measured, as its subtitle; may be empty
 * @param notes how to read it and what to doubt, below it
 */
record ChartText(String finding, String method, List<String> notes) {
  ChartText {
    notes = List.copyOf(notes);
  }

  /** The same with further notes. */
  ChartText and(List<String> more) {
    List<String> all = new java.util.ArrayList<>(notes);
    all.addAll(more);
    return new ChartText(finding, method, all);
  }
}
