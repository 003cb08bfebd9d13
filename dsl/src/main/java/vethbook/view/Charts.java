package vethbook.view;

import java.util.List;
import java.util.Map;

/** Makes plots of each kind from data that are ready to be drawn. */
final class Charts {
  private final Pictures pictures;

  Charts(Pictures pictures) {
    this.pictures = pictures;
  }

  /** Bars from zero, or lines on an axis that need not start there. */
  Plot bars(ComparisonData data, ChartText words, boolean fromZero) {
    return plot(
        words,
        new ComparisonSpec(data, words, pictures.palette(), fromZero).spec(),
        ComparisonPlot.lines(data));
  }

  /** A box and dots for each setting. */
  Plot boxes(ComparisonData data, ChartText words, boolean paired) {
    RoundsPlot kind = new RoundsPlot(data, pictures.palette(), paired);
    ChartText keyed = keyed(kind.key(), words);
    return plot(keyed, kind.spec(keyed), ComparisonPlot.lines(data));
  }

  /**
   * The distribution of each setting's values.
   *
   * @param one what a value is: {@code round}
   */
  Plot ecdf(ComparisonData data, ChartText words, String one) {
    EcdfPlot kind = new EcdfPlot(data, pictures.palette());
    ChartText keyed = keyed(kind.key(one), words);
    return plot(keyed, kind.spec(keyed, one), ComparisonPlot.lines(data));
  }

  /**
   * How often values fall into each bin.
   *
   * @param one what a value is: {@code round}
   */
  Plot histogram(ComparisonData data, ChartText words, String one) {
    HistogramPlot kind = new HistogramPlot(data, pictures.palette());
    ChartText keyed = keyed(kind.key(one), words);
    return plot(keyed, kind.spec(keyed), ComparisonPlot.lines(data));
  }

  /** Percentiles on a stretched axis; the finding is made from them where none is given. */
  Plot percentiles(PercentileCurves data, ChartText words) {
    PercentilePlot kind = new PercentilePlot(data, pictures.palette());
    ChartText keyed = keyed(kind.key(), found(words, kind.finding()));
    return plot(keyed, kind.spec(keyed), kind.lines());
  }

  /** Values over time. */
  Plot series(SeriesData data, ChartText words) {
    SeriesPlot kind = new SeriesPlot(data, pictures.palette());
    ChartText keyed = keyed(kind.key(), words);
    return plot(keyed, kind.spec(keyed), kind.lines());
  }

  /** A grid of two factors; the finding is made from it where none is given. */
  Plot heatMap(GridData data, ChartText words) {
    GridPlot kind = new GridPlot(data);
    ChartText keyed = keyed(kind.key(), found(words, kind.finding()));
    return plot(keyed, kind.spec(keyed), kind.lines());
  }

  /** Bars made of parts; the finding is made from them where none is given. */
  Plot stacked(StackData data, ChartText words) {
    StackPlot kind = new StackPlot(data);
    ChartText known = found(words, kind.finding());
    return plot(known, kind.spec(known), kind.lines());
  }

  /** Dots by two numbers. */
  Plot points(SeriesData data, ChartText words) {
    PointsPlot kind = new PointsPlot(data, pictures.palette());
    ChartText keyed = keyed(kind.key(), words);
    return plot(keyed, kind.spec(keyed), kind.lines());
  }

  private Plot plot(ChartText words, Map<String, Object> spec, String lines) {
    String text = words.method().isEmpty() ? "" : words.method() + "\n";
    return new Plot(
        pictures,
        words.finding(),
        (words.method().isEmpty() ? "" : words.method() + ".\n") + lines,
        spec,
        words.finding() + "\n" + text + "\n" + lines);
  }

  private static ChartText keyed(String key, ChartText words) {
    return key.isEmpty()
        ? words
        : new ChartText(words.finding(), words.method(), List.of(key)).and(words.notes());
  }

  private static ChartText found(ChartText words, String finding) {
    return words.finding().isEmpty()
        ? new ChartText(finding, words.method(), words.notes())
        : words;
  }
}
