package vethbook.extension;

/**
 * How values of one type show themselves.
 *
 * @param <T> the type, its subtypes included
 */
public interface Renderer<T> {
  Class<T> type();

  /** Must always hold {@code text/plain}. */
  MimeBundle render(T value);

  /** A renderer from a function. */
  static <T> Renderer<T> of(
      Class<T> type, java.util.function.Function<? super T, MimeBundle> render) {
    return new Renderer<>() {
      @Override
      public Class<T> type() {
        return type;
      }

      @Override
      public MimeBundle render(T value) {
        return render.apply(value);
      }
    };
  }
}
