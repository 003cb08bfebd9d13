package vethbook.dsl;

/** What can be said inside {@code plot.with { }}. */
public interface PlotChangeSpec {
  /** What the plot shows, in a sentence: the finding. */
  void title(String text);

  /** How it was measured. */
  void subtitle(String text);
}
