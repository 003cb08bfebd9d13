package vethbook.extension;

import java.time.Duration;
import java.util.Map;

/**
 * How far a cell is.
 *
 * @param fraction 0 to 1; 1 ends the progress
 * @param left the time still needed, as far as known; zero when not
 * @param text what is going on, in one short line: {@code round 3/10 · veth · 41 200 /s}
 * @param facts the same for programs: numbers and texts by name, such as {@code round}; when {@code
 *     round} changes, what was done is worth saving
 */
public record Progress(double fraction, Duration left, String text, Map<String, Object> facts) {
  public Progress {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction not in 0 to 1: " + fraction);
    }
  }

  public Progress(double fraction, Duration left, String text) {
    this(fraction, left, text, Map.of());
  }
}
