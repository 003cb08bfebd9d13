package vethbook.kernel.session;

import groovy.lang.Closure;
import vethbook.kernel.language.groovy.GroovyLanguage;

/** {@code input('Name? ')} and {@code password('Key? ')} in a cell. */
public final class InputWord extends Closure<String> implements GroovyLanguage.Hidden {
  private static final long serialVersionUID = 1;

  private final transient InputSource source;
  private final boolean password;

  InputWord(InputSource source, boolean password) {
    super(source, source);
    this.source = source;
    this.password = password;
  }

  public String doCall(String prompt) throws InterruptedException {
    return source.ask(prompt, password);
  }

  public String doCall() throws InterruptedException {
    return doCall("");
  }
}
