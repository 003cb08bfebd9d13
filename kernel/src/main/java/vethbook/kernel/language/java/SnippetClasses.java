package vethbook.kernel.language.java;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import vethbook.kernel.language.Libraries;

/**
 * The classes that JShell makes of Java cells, such as {@code REPL.$JShell$12}. What is compiled
 * together has a loader together; a class that no declaration needs any more can be unloaded.
 */
final class SnippetClasses implements LoaderDelegate {
  private static final String PREFIX = "REPL.";

  private final Libraries libraries;
  private final Map<String, Loader> loaders = new ConcurrentHashMap<>();

  SnippetClasses(Libraries libraries) {
    this.libraries = libraries;
  }

  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException {
    Map<String, byte[]> files = new HashMap<>();
    for (ClassBytecodes each : classes) {
      files.put(each.name(), CellChecks.insert(each.bytecodes()));
    }
    Loader loader = new Loader(files);
    files.keySet().forEach(name -> loaders.put(name, loader));
    boolean[] loaded = new boolean[classes.length];
    try {
      for (int i = 0; i < classes.length; i++) {
        findClass(classes[i].name());
        loaded[i] = true;
      }
    } catch (ClassNotFoundException | LinkageError e) {
      throw new ClassInstallException("cannot load the cell's class: " + e, loaded);
    }
  }

  @Override
  public void classesRedefined(ClassBytecodes[] classes) {
    throw new UnsupportedOperationException("classes of cells are replaced, not redefined");
  }

  @Override
  public void addToClasspath(String path) {
    // the libraries' loader, the parent of all, has it already
  }

  @Override
  public Class<?> findClass(String name) throws ClassNotFoundException {
    Loader loader = loaders.get(name);
    if (loader == null) {
      throw new ClassNotFoundException(name);
    }
    return loader.loadClass(name);
  }

  /** Forgets the classes that are neither among these outer classes nor inside of one. */
  void keepOnly(Set<String> outer) {
    loaders
        .keySet()
        .removeIf(
            name -> {
              int inner = name.indexOf('$', PREFIX.length() + "$JShell$".length());
              return !outer.contains(inner < 0 ? name : name.substring(0, inner));
            });
  }

  private final class Loader extends ClassLoader {
    private final Map<String, byte[]> files;

    Loader(Map<String, byte[]> files) {
      super("java cell", libraries);
      this.files = files;
    }

    /** Cells' classes are not asked of the parent, which asks back. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PREFIX)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] file = files.get(name);
      return file == null
          ? SnippetClasses.this.findClass(name)
          : defineClass(name, file, 0, file.length);
    }
  }
}
