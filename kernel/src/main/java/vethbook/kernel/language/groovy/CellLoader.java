package vethbook.kernel.language.groovy;

import groovy.lang.GroovyClassLoader;
import org.codehaus.groovy.control.CompilerConfiguration;
import vethbook.kernel.language.CellSources;

/**
 * Defines the classes of cells. Groovy's loader finds each class by name for ever; that of a cell
 * itself, and of its closures, nobody looks up after it is defined, so that it may go with the last
 * thing that uses it. Classes that a cell declares stay.
 */
final class CellLoader extends GroovyClassLoader {
  CellLoader(ClassLoader parent, CompilerConfiguration configuration) {
    super(parent, configuration);
  }

  /**
   * Does not ask the loaders above for what only a cell could have: they would keep a lock for each
   * name, and the JDK asks for {@code cell_7BeanInfo} and the like.
   */
  @Override
  public Class<?> loadClass(
      String name, boolean lookupScripts, boolean preferClass, boolean resolve)
      throws ClassNotFoundException {
    if (name.startsWith(CellSources.PREFIX) && getClassCacheEntry(name) == null) {
      throw new ClassNotFoundException(name);
    }
    return super.loadClass(name, lookupScripts, preferClass, resolve);
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
