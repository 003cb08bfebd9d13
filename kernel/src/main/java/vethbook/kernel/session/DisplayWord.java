package vethbook.kernel.session;

import groovy.lang.Closure;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.language.groovy.GroovyLanguage;

/** {@code display(x)} and {@code display(x, id: 'a')} in a cell; the id's next use replaces it. */
public final class DisplayWord extends Closure<Object> implements GroovyLanguage.Hidden {
  private static final long serialVersionUID = 1;

  private final transient Show show;
  private final transient Set<String> shown = new HashSet<>();

  DisplayWord(Show show) {
    super(show, show);
    this.show = show;
  }

  /** Where the value goes. */
  interface Show {
    void show(@Nullable Object value, String id, boolean isUpdate);
  }

  public @Nullable Object doCall(@Nullable Object value) {
    show.show(value, UUID.randomUUID().toString(), false);
    return null;
  }

  public @Nullable Object doCall(Map<String, ?> options, @Nullable Object value) {
    String id = String.valueOf(options.get("id"));
    show.show(value, id, !shown.add(id));
    return null;
  }
}
