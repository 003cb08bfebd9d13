package vethbook.extension;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How values of one type show themselves. A DSL gives its own with {@link
 * ExtensionSession#renderers}; a library that cells load names its in {@code
 * META-INF/services/vethbook.extension.Renderer}, each with a public constructor without
 * parameters.
 *
 * <p>Of the renderers that fit a value, that of the most specific type is used; among those of one
 * type the cells' come first, then libraries', the DSL's, the kernel's.
 *
 * @param <T> the type, its subtypes included
 */
public interface Renderer<T> {
  Class<T> type();

  /** Whether it can show this value; where not, the next renderer is asked. */
  default boolean fits(T value) {
    return true;
  }

  /** What to show; without {@code text/plain} the value's own text is added. */
  MimeBundle render(T value);

  /** A renderer from a function. */
  static <T> Renderer<T> of(Class<T> type, Function<? super T, MimeBundle> render) {
    return of(type, value -> true, render);
  }

  /** A renderer from a function, for some of the type's values. */
  static <T> Renderer<T> of(
      Class<T> type, Predicate<? super T> fits, Function<? super T, MimeBundle> render) {
    return new Renderer<>() {
      @Override
      public Class<T> type() {
        return type;
      }

      @Override
      public boolean fits(T value) {
        return fits.test(value);
      }

      @Override
      public MimeBundle render(T value) {
        return render.apply(value);
      }
    };
  }
}
