package vethbook.diagnose;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a probe.
 *
 * @param probe what was sent, from where: {@code icmp to 10.0.0.2 from netns box}
 * @param works true when the answer came back
 * @param finding the first step that is broken, in one sentence; or that all is well
 * @param evidence what says so, as seen
 * @param next the word that would mend it; null where that would be a guess
 * @param steps the way of the probe and of its answer, as far as they got
 */
public record Diagnosis(
    String probe,
    boolean works,
    String finding,
    List<String> evidence,
    @Nullable String next,
    List<Step> steps) {
  public Diagnosis {
    evidence = List.copyOf(evidence);
    steps = List.copyOf(steps);
  }

  /**
   * One place on the way.
   *
   * @param packet request or reply
   * @param netns where
   * @param what such as {@code forwarded to eth0}
   * @param good false for the last step, where it was lost
   */
  public record Step(String packet, String netns, String what, boolean good) {}

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(works ? "✓ " : "✗ ").append(finding);
    evidence.forEach(line -> text.append("\n  seen:  ").append(line));
    if (next != null) {
      text.append("\n  next:  ").append(next);
    }
    return text.toString();
  }
}
