package vethbook.kernel.display;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.Renderer;

/**
 * How values show themselves: the one place where cells, libraries, the DSL and the kernel say it.
 * The renderer of the most specific type that fits is used, else the kernel's own way ({@link
 * Standard}). All text is escaped where it becomes HTML.
 */
public final class Displays {
  /** How often a renderer may give another value to be shown in place of one. */
  private static final int MOST_STEPS = 20;

  private final List<OfCell<?>> ofCells = new CopyOnWriteArrayList<>();
  private final List<Renderer<?>> ofLibraries = new CopyOnWriteArrayList<>();
  private final List<Renderer<?>> known;
  private final Set<String> loaded = new HashSet<>();
  private volatile @Nullable ClassLoader unread;

  /**
   * @param known those of the DSL and of the kernel
   */
  public Displays(Collection<Renderer<?>> known) {
    this.known = List.copyOf(known);
  }

  /** What a cell wants to see in place of values of a type. */
  private record OfCell<T>(Class<T> type, Function<? super T, ?> function) {
    @Nullable Object inPlaceOf(Object value) {
      return function.apply(type.cast(value));
    }
  }

  /**
   * From now on values of this type show as what the function gives: text, or any other value.
   * Replaces what a cell has said before for the type, or for an older class of its name.
   */
  public <T> void add(Class<T> type, Function<? super T, ?> function) {
    ofCells.removeIf(each -> each.type().getName().equals(type.getName()));
    ofCells.add(0, new OfCell<>(type, function));
  }

  /** Forgets what cells have said. */
  public void forget() {
    ofCells.clear();
  }

  /** Renderers that a loader's libraries offer are used from the next value on. */
  public void offer(ClassLoader libraries) {
    unread = libraries;
  }

  /** The value in the media types that it has; {@code text/plain} always among them. */
  public MimeBundle render(@Nullable Object value) {
    Object now = value;
    for (int i = 0; i < MOST_STEPS; i++) {
      if (now == null) {
        return MimeBundle.plain("null");
      }
      if (now instanceof MimeBundle bundle) {
        return withText(bundle, bundle == value ? source(bundle) : ValueText.of(value));
      }
      Object next = step(now);
      if (next == now) {
        return MimeBundle.plain(ValueText.of(now));
      }
      now = next;
    }
    return MimeBundle.plain(ValueText.of(value)); // renderers that give each other's values
  }

  private static MimeBundle withText(MimeBundle bundle, String text) {
    return bundle.data().isEmpty() || bundle.data().containsKey(MimeBundle.PLAIN)
        ? bundle
        : bundle.and(MimeBundle.PLAIN, text);
  }

  /** What was written in a text type, where there is no other text. */
  private static String source(MimeBundle bundle) {
    return bundle.data().entrySet().stream()
        .filter(each -> each.getKey().startsWith("text/"))
        .map(each -> each.getValue().toString())
        .findFirst()
        .orElseGet(bundle::text);
  }

  /** What to show in place of a value; the value itself when nothing but its text is known. */
  private @Nullable Object step(Object value) {
    readLibraries();
    OfCell<?> cells = null;
    for (OfCell<?> each : ofCells) {
      if (each.type().isInstance(value) && isBetter(each.type(), cells)) {
        cells = each;
      }
    }
    Renderer<?> best = best(value);
    if (cells != null && (best == null || !isNarrower(best.type(), cells.type()))) {
      return cells.inPlaceOf(value);
    }
    return best == null ? Standard.inPlaceOf(value) : render(best, value);
  }

  private static boolean isBetter(Class<?> type, @Nullable OfCell<?> than) {
    return than == null || isNarrower(type, than.type());
  }

  private static boolean isNarrower(Class<?> type, Class<?> other) {
    return type != other && other.isAssignableFrom(type);
  }

  private @Nullable Renderer<?> best(Object value) {
    Renderer<?> best = null;
    for (List<Renderer<?>> layer : List.of(ofLibraries, known)) {
      for (Renderer<?> each : layer) {
        boolean mayBe = best == null || isNarrower(each.type(), best.type());
        if (mayBe && fits(each, value)) {
          best = each;
        }
      }
    }
    return best;
  }

  private static <T> boolean fits(Renderer<T> renderer, Object value) {
    return renderer.type().isInstance(value) && renderer.fits(renderer.type().cast(value));
  }

  private static <T> MimeBundle render(Renderer<T> renderer, Object value) {
    MimeBundle bundle = renderer.render(renderer.type().cast(value));
    return bundle.data().containsKey(MimeBundle.PLAIN)
        ? bundle
        : bundle.and(MimeBundle.PLAIN, ValueText.of(value));
  }

  /** Looks for renderers in what was loaded since the last value. */
  private void readLibraries() {
    ClassLoader libraries = unread;
    if (libraries == null) {
      return;
    }
    synchronized (loaded) {
      unread = null;
      var providers = ServiceLoader.load(Renderer.class, libraries).stream().iterator();
      while (true) {
        try {
          if (!providers.hasNext()) {
            return;
          }
          var provider = providers.next();
          if (loaded.add(provider.type().getName())) {
            ofLibraries.add(provider.get());
          }
        } catch (ServiceConfigurationError e) {
          System.err.println("A library's renderer cannot be used: " + e.getMessage());
        }
      }
    }
  }
}
