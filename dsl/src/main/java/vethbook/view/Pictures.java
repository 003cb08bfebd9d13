package vethbook.view;

import java.awt.AWTError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Makes the pictures of one session: charts through Vega, PNG files from any SVG. Where this
 * machine lacks what one of them needs, the picture is left out and the reason is told, once.
 */
public final class Pictures implements AutoCloseable {
  private static final List<String> SAMPLE_GROUPS = List.of("x", "x", "x", "y", "y", "y");
  private static final List<Integer> SAMPLE_VALUES = List.of(1, 2, 3, 2, 3, 4);

  private final VegaEngine vega;
  private final Palette palette = new Palette();
  private final Consumer<String> warn;
  private final Set<String> warned;

  /**
   * @param warn told what cannot be shown and why, at most once for each reason
   */
  public Pictures(Consumer<String> warn) {
    this(warn, new VegaEngine(), ConcurrentHashMap.newKeySet());
  }

  private Pictures(Consumer<String> warn, VegaEngine vega, Set<String> warned) {
    this.warn = warn;
    this.vega = vega;
    this.warned = warned;
  }

  /** The colours of this session's settings. */
  public Palette palette() {
    return palette;
  }

  /**
   * Draws a chart for nobody, and starts the layout: the first one takes two seconds, most of them
   * for starting the chart engine and Java's drawing, and for loading classes.
   */
  public void warmUp() {
    if (vega.isClosed()) {
      return;
    }
    Pictures unseen = new Pictures(warn, vega, warned); // it takes no colours from the session
    Table table =
        Table.create(
            "", StringColumn.create("a", SAMPLE_GROUPS), DoubleColumn.create("b", SAMPLE_VALUES));
    new TablePlot(unseen, table).plot().bundle();
    TopologyLayout.of(new Topology("", List.of()));
  }

  /**
   * A plot of the user's own.
   *
   * @param spec a Vega-Lite 5 specification
   */
  public Plot plot(Map<String, ?> spec) {
    return Plot.of(this, spec);
  }

  /** Ends the chart engine; plots that exist still have their specification and text. */
  @Override
  public void close() {
    vega.close();
  }

  /** The chart as SVG, or empty, with a warning, where V8 does not run. */
  Optional<SvgPicture> svg(String title, String description, Map<String, ?> spec) {
    try {
      return Optional.of(new SvgPicture(title, description, vega.svg(spec)));
    } catch (IllegalStateException e) {
      tell("svg", "Plots have no picture here, only their data: " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  /** The picture as a PNG file, or empty, with a warning, where Java cannot draw. */
  Optional<byte[]> png(SvgPicture picture) {
    try {
      return Optional.of(PngPicture.of(picture));
    } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
      tell(
          "png",
          "Plots have no PNG here: Java cannot draw (needs fontconfig and a font): " + e + ".");
      return Optional.empty();
    }
  }

  private void tell(String what, String reason) {
    if (warned.add(what)) {
      warn.accept(reason);
    }
  }
}
