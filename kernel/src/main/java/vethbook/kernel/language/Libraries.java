package vethbook.kernel.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The jars and folders that cells of all languages see, beside the kernel's own class path. They
 * come first, so that a cell gets the version that it asks for also of what the kernel happens to
 * use; only what cells and the kernel exchange values of is the kernel's in any case.
 */
public final class Libraries extends URLClassLoader {
  private static final List<String> SHARED =
      List.of(
          "java.",
          "vethbook.",
          "groovy.",
          "groovyjarjar",
          "org.codehaus.groovy.",
          "org.apache.groovy.",
          "tech.tablesaw.");

  /** JShell's package. */
  private static final String CELLS = "REPL.";

  private volatile boolean isEmpty = true;
  private volatile Others others =
      name -> {
        throw new ClassNotFoundException(name);
      };
  private final Set<Path> paths = new LinkedHashSet<>();
  private final Set<String> ownCopies;
  private final List<Consumer<Path>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Nothing but what the parent has.
   *
   * @param ownCopies classes of the parent that are defined anew here, so that what their static
   *     fields hold belongs to one notebook
   */
  public Libraries(ClassLoader parent, Set<String> ownCopies) {
    super("libraries", new URL[0], parent);
    this.ownCopies = Set.copyOf(ownCopies);
  }

  /**
   * Adds jars or folders of classes; those that are there already are left out.
   *
   * @return what is new
   */
  public synchronized List<Path> add(Collection<Path> more) {
    isEmpty = false;
    List<Path> added = more.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    added = added.stream().filter(paths::add).toList();
    for (Path path : added) {
      try {
        addURL(path.toUri().toURL());
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(path + " cannot be on a class path", e);
      }
      listeners.forEach(listener -> listener.accept(path));
    }
    return added;
  }

  /** All that was added, in that order. */
  public synchronized List<Path> paths() {
    return List.copyOf(paths);
  }

  /** Calls a listener with each path that is there, and later with each that is added. */
  public synchronized void onAdded(Consumer<Path> listener) {
    paths.forEach(listener);
    listeners.add(listener);
  }

  /** Where to look for classes that are neither here nor in the parent: those of cells. */
  public void lookIn(Others others) {
    this.others = others;
  }

  /** Classes by name. */
  @FunctionalInterface
  public interface Others {
    Class<?> find(String name) throws ClassNotFoundException;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    return name.startsWith(CELLS) ? others.find(name) : super.findClass(name);
  }

  /** Whether the kernel's own class is used, whatever is added here. */
  public static boolean isShared(String className) {
    return SHARED.stream().anyMatch(className::startsWith);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    boolean isCopied = ownCopies.contains(name);
    if (!isCopied && (isEmpty || isShared(name))) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      if (isCopied) {
        return copy(name);
      }
      try {
        return findClass(name);
      } catch (ClassNotFoundException e) {
        return super.loadClass(name, resolve);
      }
    }
  }

  private Class<?> copy(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
