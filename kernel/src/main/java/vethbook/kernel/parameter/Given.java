package vethbook.kernel.parameter;

import org.jspecify.annotations.Nullable;

/**
 * A value given to a parameter.
 *
 * @param value the object
 * @param groovy the same as a literal in a Groovy cell
 */
public record Given(@Nullable Object value, String groovy) {
  /** The same as a literal in a Java cell. */
  public String java() {
    return Code.java(value);
  }

  /** The same as a literal in a Python cell. */
  public String python() {
    return Code.python(value);
  }

  /** As people write it: {@code 5s} for five seconds, texts without quotes. */
  public String text() {
    return Parameter.text(value);
  }

  static Given of(@Nullable Object value) {
    return new Given(value, Code.groovy(value));
  }
}
