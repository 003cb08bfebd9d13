package vethbook.kernel.session;

import groovy.lang.Closure;
import java.util.List;
import java.util.Map;
import vethbook.kernel.language.groovy.GroovyLanguage;
import vethbook.kernel.parameter.DeclaredParameters;

/**
 * {@code parameters { rounds 10, range: 2..100, help: 'of each setting' }} in a cell: variables
 * that {@code vethbook run -p rounds=4} and papermill can give other values.
 */
public final class ParametersWord extends Closure<Object> implements GroovyLanguage.Hidden {
  private static final long serialVersionUID = 1;

  private final transient DeclaredParameters declared;

  ParametersWord(DeclaredParameters declared) {
    super(declared, declared);
    this.declared = declared;
  }

  /**
   * Declares variables that can be given other values from outside: a line each, with its default,
   * which says the type, and options {@code unit}, {@code range}, {@code choices}, {@code help}.
   */
  public List<Map<String, Object>> doCall(Closure<?> block) {
    return declared.declare(block);
  }
}
