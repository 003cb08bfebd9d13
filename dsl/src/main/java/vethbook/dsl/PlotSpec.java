package vethbook.dsl;

import java.time.Duration;

/** What can be said inside {@code plot(table) { }}: which column is what, and how it is drawn. */
public interface PlotSpec {
  /** The column along the bottom; its name may lack the unit. */
  void x(String column);

  /** The column that goes up. */
  void y(String column);

  /** The column that tells rows of different settings apart; of a heat map, the one of values. */
  void color(String column);

  /** The column that says which rows of several settings are pairs. */
  void round(String column);

  /** The setting that is drawn first and in grey. */
  void baseline(String setting);

  /** What the plot shows, in a sentence: the finding. */
  void title(String text);

  /** How it was measured. */
  void subtitle(String text);

  /** A sentence below the plot. */
  void note(String text);

  /** Bars from zero. */
  void bars();

  /** Lines on an axis that need not start at zero, with a dot for each row. */
  void dots();

  /** A box and dots for each setting. */
  void boxes();

  /** Boxes and dots, rows of the same {@code round} joined. */
  void paired();

  /** The distribution of each setting's values. */
  void ecdf();

  /** How often values fall into each bin. */
  void histogram();

  /** Percentiles on an axis stretched towards the tail. */
  void percentiles();

  /** Lines over time. */
  void series();

  /** A dot for each row. */
  void points();

  /** A grid of the levels of {@code x} and {@code y}, with the median of {@code color}. */
  void heatMap();

  /** Bars for each {@code x}, made of one part for each {@code color}. */
  void stacked();

  /** Until where values of a time series do not count, in the unit of the column {@code x}. */
  void warmUp(Number end);

  /** The same as a time, where {@code x} is in seconds. */
  void warmUp(Duration end);

  /** Marks a place of a time series, in the unit of the column {@code x}. */
  void mark(Number at, String words);

  /** Marks a stretch of a time series. */
  void mark(Number from, Number to, String words);

  /**
   * Marks where the level of a time series shifts beyond doubt after the warm-up, with the change
   * of its median (Pettitt's test).
   */
  void findChanges();
}
