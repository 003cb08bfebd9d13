package vethbook.kernel.language.groovy;

import groovy.lang.GroovyClassLoader;
import org.codehaus.groovy.control.CompilerConfiguration;

/**
 * Defines the classes of cells. Groovy's loader finds each class by name for ever; that of a cell
 * itself, and of its closures, nobody looks up after it is defined, so that it may go with the last
 * thing that uses it. Classes that a cell declares stay.
 */
final class CellLoader extends GroovyClassLoader {
  CellLoader(ClassLoader parent, CompilerConfiguration configuration) {
    super(parent, configuration);
  }

  /** Forgets a cell's class and the closures in it; theirs find each other without this loader. */
  void forget(String cell) {
    for (Class<?> each : getLoadedClasses()) {
      String name = each.getName();
      if (name.equals(cell) || name.startsWith(cell + "$")) {
        removeClassCacheEntry(name);
      }
    }
  }
}
