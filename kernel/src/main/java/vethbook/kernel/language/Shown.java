package vethbook.kernel.language;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something that a cell has shown and may replace, also from a later cell. */
public final class Shown {
  private final String id;
  private final Consumer<@Nullable Object> replace;

  Shown(String id, Consumer<@Nullable Object> replace) {
    this.id = id;
    this.replace = replace;
  }

  /** Under which front ends know it. */
  public String id() {
    return id;
  }

  /** Shows another value in its place. */
  public void update(@Nullable Object value) {
    replace.accept(value);
  }

  @Override
  public String toString() {
    return id;
  }
}
