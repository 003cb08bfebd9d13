package vethbook.view;

import java.awt.AWTError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Makes the pictures of one session: charts through Vega, PNG files from any SVG. Where this
 * machine lacks what one of them needs, the picture is left out and the reason is told, once.
 */
public final class Pictures implements AutoCloseable {
  private final VegaEngine vega = new VegaEngine();
  private final Palette palette = new Palette();
  private final Consumer<String> warn;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /**
   * @param warn told what cannot be shown and why, at most once for each reason
   */
  public Pictures(Consumer<String> warn) {
    this.warn = warn;
  }

  /** The colours of this session's settings. */
  public Palette palette() {
    return palette;
  }

  /** Starts the chart engine, Java's drawing and the layout: the first chart takes two seconds. */
  public void warmUp() {
    Map<String, Object> dot =
        Map.of("data", Map.of("values", List.of(Map.of("x", 1))), "mark", "point");
    if (vega.isClosed()) {
      return;
    }
    svg("", "", dot).ifPresent(this::png);
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
