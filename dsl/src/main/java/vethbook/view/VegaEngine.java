package vethbook.view;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.values.reference.V8ValueGlobalObject;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;

/**
 * Vega and Vega-Lite in a V8 of their own: a chart description in, SVG out.
 *
 * <p>Starting takes 0.6 to 1.0 s, a chart after that 15 to 40 ms. Calls from several threads wait
 * for each other.
 */
final class VegaEngine implements AutoCloseable {
  private static final String WEBJARS = "/META-INF/resources/webjars/";

  private final ObjectMapper json = new ObjectMapper();
  private @Nullable V8Runtime runtime;
  private @Nullable IllegalStateException failure;
  private boolean closed;

  /**
   * Draws one chart.
   *
   * @param spec a Vega-Lite 5 specification of maps, lists, numbers, strings and booleans
   * @return the SVG as Vega writes it: no dark style, ids that repeat from chart to chart
   * @throws ExperimentException if Vega refuses the specification, with what it says
   * @throws IllegalStateException if V8 cannot run on this machine
   */
  synchronized String svg(Map<String, ?> spec) {
    V8Runtime engine = started();
    try (V8ValueGlobalObject global = engine.getGlobalObject()) {
      return global.invokeString("draw", json.writeValueAsString(spec));
    } catch (JavetException e) {
      throw new ExperimentException("Cannot draw the chart", "vega", e.getMessage(), null, e);
    } catch (JsonProcessingException e) {
      throw new ExperimentException(
          "Cannot write the chart as JSON", "jackson", e.getOriginalMessage(), null, e);
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (runtime != null) {
      try {
        runtime.close(true);
      } catch (JavetException e) {
        throw new IllegalStateException("V8 did not close", e);
      } finally {
        runtime = null;
      }
    }
  }

  private V8Runtime started() {
    if (closed) {
      throw new IllegalStateException("the session of this chart has ended");
    }
    if (failure != null) {
      throw failure;
    }
    if (runtime == null) {
      try {
        runtime = start(V8Library.load());
      } catch (IllegalStateException e) {
        failure = e;
        throw e;
      }
    }
    return runtime;
  }

  private static V8Runtime start(V8Host host) {
    try {
      V8Runtime fresh = host.createV8Runtime();
      run(fresh, VegaEngine.class.getResource("headless.js"));
      run(fresh, VegaEngine.class.getResource(WEBJARS + "vega/5.32.0/vega.min.js"));
      run(fresh, VegaEngine.class.getResource(WEBJARS + "vega-lite/5.23.0/vega-lite.min.js"));
      fresh.getExecutor(textWidths()).executeVoid();
      return fresh;
    } catch (JavetException e) {
      throw new IllegalStateException("Vega did not start in V8: " + e.getMessage(), e);
    }
  }

  private static void run(V8Runtime runtime, java.net.@Nullable URL script) throws JavetException {
    if (script == null) {
      throw new IllegalStateException("a script of Vega is missing in this build");
    }
    try (InputStream in = script.openStream()) {
      runtime.getExecutor(new String(in.readAllBytes(), StandardCharsets.UTF_8)).executeVoid();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + script, e);
    }
  }

  private static String textWidths() {
    String widths =
        Arrays.stream(TextWidth.ascii())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    return "useTextWidths([%s], %s, %s)".formatted(widths, TextWidth.REGULAR, TextWidth.BOLD);
  }
}
