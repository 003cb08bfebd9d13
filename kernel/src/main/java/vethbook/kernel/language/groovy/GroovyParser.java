package vethbook.kernel.language.groovy;

import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;

/** Groovy's parser without the rest of its compiler. */
final class GroovyParser {
  private GroovyParser() {}

  /**
   * Checks the syntax.
   *
   * @throws org.codehaus.groovy.control.CompilationFailedException where it is wrong
   */
  static void parse(String code) {
    CompilationUnit unit = new CompilationUnit();
    unit.addSource("cell.groovy", code);
    unit.compile(Phases.CONVERSION);
  }
}
