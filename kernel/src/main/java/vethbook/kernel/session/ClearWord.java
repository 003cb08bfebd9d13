package vethbook.kernel.session;

import groovy.lang.Closure;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.language.groovy.GroovyLanguage;

/** {@code clearOutput()} in a cell: what it has shown goes as soon as something new comes. */
public final class ClearWord extends Closure<Object> implements GroovyLanguage.Hidden {
  private static final long serialVersionUID = 1;

  private final transient Runnable clear;

  ClearWord(Runnable clear) {
    super(clear, clear);
    this.clear = clear;
  }

  public @Nullable Object doCall() {
    clear.run();
    return null;
  }
}
