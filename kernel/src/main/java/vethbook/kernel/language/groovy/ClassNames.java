package vethbook.kernel.language.groovy;

import groovy.lang.GroovyClassLoader;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** The names of classes that a cell could use: of the JDK, the class path, and the cells' own. */
final class ClassNames {
  /** What Groovy imports by itself. */
  private static final List<String> USUAL =
      List.of("java.lang", "java.util", "java.io", "java.net", "groovy.lang", "groovy.util");

  private static final List<String> USUAL_ALONE =
      List.of("java.math.BigDecimal", "java.math.BigInteger");

  private static final Map<String, String> MODULES = modules();
  private static final Map<String, Set<String>> IN_JDK = new ConcurrentHashMap<>();
  private static final Map<String, Map<String, Set<String>>> IN_JAR = new ConcurrentHashMap<>();

  private final GroovyClassLoader loader;
  private final Collection<String> packages;
  private final Collection<String> single;

  /**
   * @param packages those whose classes need no import here, besides Groovy's usual ones
   * @param single full names of classes that cells have imported
   */
  ClassNames(GroovyClassLoader loader, Collection<String> packages, Collection<String> single) {
    this.loader = loader;
    this.packages = packages;
    this.single = single;
  }

  /** Packages that the JDK lets anyone use, each with its module. */
  private static Map<String, String> modules() {
    Map<String, String> found = new ConcurrentHashMap<>();
    for (Module module : ModuleLayer.boot().modules()) {
      for (ModuleDescriptor.Exports exports : module.getDescriptor().exports()) {
        if (!exports.isQualified()) {
          found.put(exports.source(), module.getName());
        }
      }
    }
    return found;
  }

  /** The names directly in a package: its classes, and with {@code .} behind them its packages. */
  Set<String> in(String name) {
    String prefix = name.isEmpty() ? "" : name + ".";
    Set<String> names = new TreeSet<>(classes(name));
    Set<String> all = new HashSet<>(MODULES.keySet());
    jars().forEach(jar -> all.addAll(jar.keySet()));
    for (String each : all) {
      if (each.startsWith(prefix) && each.length() > prefix.length()) {
        int dot = each.indexOf('.', prefix.length());
        names.add((dot < 0 ? each : each.substring(0, dot)).substring(prefix.length()) + ".");
      }
    }
    return names;
  }

  private Set<String> classes(String name) {
    Set<String> names = new TreeSet<>();
    if (MODULES.containsKey(name)) {
      names.addAll(IN_JDK.computeIfAbsent(name, ClassNames::ofJdk));
    }
    jars().forEach(jar -> names.addAll(jar.getOrDefault(name, Set.of())));
    return names;
  }

  /** The names of all classes that need no import. */
  Set<String> known() {
    Set<String> names = new TreeSet<>();
    USUAL.forEach(each -> names.addAll(classes(each)));
    packages.forEach(each -> names.addAll(classes(each)));
    USUAL_ALONE.forEach(each -> names.add(simple(each)));
    single.forEach(each -> names.add(simple(each)));
    for (Class<?> type : loader.getLoadedClasses()) {
      boolean isUsers = !type.getName().startsWith("cell_") && !type.getName().contains("$");
      if (isUsers) {
        names.add(type.getSimpleName());
      }
    }
    return names;
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The class that a name means in a cell. Loaded, not initialised. */
  Optional<Class<?>> find(String name) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (name.contains(".")) {
      return load(name);
    }
    for (Class<?> type : loader.getLoadedClasses()) {
      if (type.getSimpleName().equals(name)) {
        return Optional.of(type);
      }
    }
    Set<String> candidates = new LinkedHashSet<>();
    single.stream().filter(each -> simple(each).equals(name)).forEach(candidates::add);
    USUAL_ALONE.stream().filter(each -> simple(each).equals(name)).forEach(candidates::add);
    USUAL.forEach(each -> candidates.add(each + "." + name));
    packages.forEach(each -> candidates.add(each + "." + name));
    return candidates.stream().map(this::load).flatMap(Optional::stream).findFirst();
  }

  private Optional<Class<?>> load(String name) {
    try {
      return Optional.of(Class.forName(name, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty(); // no class of that name is the answer
    }
  }

  private static Set<String> ofJdk(String name) {
    FileSystem images = FileSystems.getFileSystem(URI.create("jrt:/"));
    Path directory =
        images.getPath("/modules", MODULES.getOrDefault(name, ""), name.replace('.', '/'));
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.class")) {
      for (Path file : files) {
        String simple = file.getFileName().toString().replace(".class", "");
        if (!simple.contains("$") && !simple.contains("-") && isPublic(name + "." + simple)) {
          names.add(simple);
        }
      }
      return names;
    } catch (IOException e) {
      return names; // a JDK without its image: no names from it
    }
  }

  private static boolean isPublic(String name) {
    try {
      return Modifier.isPublic(
          Class.forName(name, false, ClassLoader.getPlatformClassLoader()).getModifiers());
    } catch (ClassNotFoundException | LinkageError e) {
      return false; // what cannot be loaded cannot be used
    }
  }

  private static void addClass(Set<String> names, String file) {
    if (!file.contains("$") && !file.contains("-")) {
      names.add(file.substring(0, file.length() - ".class".length()));
    }
  }

  private List<Map<String, Set<String>>> jars() {
    Set<String> files =
        new LinkedHashSet<>(
            List.of(System.getProperty("java.class.path", "").split(File.pathSeparator)));
    for (URL url : loader.getURLs()) {
      if (url.getProtocol().equals("file")) {
        files.add(url.getPath());
      }
    }
    return files.stream()
        .filter(file -> !file.isEmpty())
        .map(file -> IN_JAR.computeIfAbsent(file, ClassNames::ofFile))
        .toList();
  }

  private static Map<String, Set<String>> ofFile(String name) {
    Map<String, Set<String>> found = new ConcurrentHashMap<>();
    File file = new File(name);
    try {
      if (file.isDirectory()) {
        try (var all = Files.walk(file.toPath())) {
          all.forEach(each -> add(found, file.toPath().relativize(each).toString()));
        }
      } else if (file.isFile()) {
        try (JarFile jar = new JarFile(file)) {
          jar.stream().forEach(entry -> add(found, entry.getName()));
        }
      }
    } catch (IOException e) {
      return found; // not readable: the class loader finds no classes there either
    }
    return found;
  }

  private static void add(Map<String, Set<String>> found, @Nullable String entry) {
    if (entry != null && entry.endsWith(".class") && !entry.startsWith("META-INF")) {
      int slash = entry.lastIndexOf('/');
      String name = slash < 0 ? "" : entry.substring(0, slash).replace('/', '.');
      addClass(found.computeIfAbsent(name, any -> new TreeSet<>()), entry.substring(slash + 1));
    }
  }
}
