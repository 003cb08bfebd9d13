package vethbook.linux;

import org.jspecify.annotations.Nullable;
import vethbook.extension.UserException;

/**
 * Something that was asked for could not be done. It answers four questions: what was being done,
 * where, what Linux or a tool answered, and, only if known, what to do next.
 *
 * <pre>
 * Cannot set mtu 10 on device c0 in netns client (cell 3, line 7).
 *   linux: EINVAL (Invalid argument): "mtu less than device minimum"   [RTM_NEWLINK]
 *   next:  this device takes 68 to 65535 bytes
 * </pre>
 */
public class ExperimentException extends UserException {
  private final String operation;
  private final @Nullable String source;
  private final @Nullable String answer;
  private final @Nullable String next;

  /**
   * @param operation what was being done, in the user's words and with the value, without a full
   *     stop: {@code Cannot set mtu 10 on device c0 in netns client}
   */
  public ExperimentException(String operation) {
    this(operation, null, null, null, null);
  }

  /**
   * @param operation as above
   * @param source who answered, such as {@code linux} or {@code netperf}; null when nobody was
   *     asked
   * @param answer what it said, unchanged
   * @param next what to do now; null when that would be a guess
   */
  public ExperimentException(
      String operation,
      @Nullable String source,
      @Nullable String answer,
      @Nullable String next,
      @Nullable Throwable cause) {
    super(render(operation, source, answer, next, ""), cause);
    this.operation = operation;
    this.source = source;
    this.answer = answer;
    this.next = next;
  }

  public String operation() {
    return operation;
  }

  public @Nullable String answer() {
    return answer;
  }

  public @Nullable String next() {
    return next;
  }

  @Override
  public String describe(String place) {
    return render(operation, source, answer, next, place);
  }

  private static String render(
      String operation,
      @Nullable String source,
      @Nullable String answer,
      @Nullable String next,
      String place) {
    StringBuilder text = new StringBuilder(operation);
    if (!place.isEmpty()) {
      text.append(" (").append(place).append(')');
    }
    text.append('.');
    if (answer != null) {
      String label = (source == null ? "linux" : source) + ":";
      text.append("\n  ").append(label).append(label.length() < 6 ? "  " : " ").append(answer);
    }
    if (next != null) {
      text.append("\n  next:  ").append(next);
    }
    return text.toString();
  }
}
