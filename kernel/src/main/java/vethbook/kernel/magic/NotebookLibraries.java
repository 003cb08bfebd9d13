package vethbook.kernel.magic;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Progress;
import vethbook.kernel.language.Libraries;
import vethbook.kernel.maven.MavenLibraries;
import vethbook.kernel.maven.MavenLibraries.Found;
import vethbook.kernel.maven.MavenLibraries.Library;

/** The libraries of a notebook with the versions that Maven knows them by. */
final class NotebookLibraries {
  private final Libraries libraries;
  private final Consumer<Progress> progress;
  private final Map<String, Library> known = new LinkedHashMap<>();
  private @Nullable MavenLibraries maven;

  NotebookLibraries(Libraries libraries, Consumer<Progress> progress) {
    this.libraries = libraries;
    this.progress = progress;
  }

  /** Loaded with its first use: few notebooks need it. */
  MavenLibraries maven() {
    if (maven == null) {
      maven = new MavenLibraries(progress);
    }
    return maven;
  }

  /**
   * Puts libraries on the class path, and says so.
   *
   * @return the jars that are new
   */
  List<Path> add(Found found) {
    List<Path> added = new ArrayList<>();
    found.files().forEach((name, library) -> added.addAll(add(name, library)));
    found.conflicts().forEach(line -> System.out.println("  " + line));
    System.out.println(
        added.isEmpty()
            ? "nothing new: all of it was there"
            : "added " + added.size() + (added.size() == 1 ? " jar: " : " jars: ") + names(added));
    return added;
  }

  private static String names(List<Path> files) {
    return String.join(", ", files.stream().map(each -> each.getFileName().toString()).toList());
  }

  private List<Path> add(String name, Library library) {
    Library before = known.get(name);
    if (before != null && !before.version().equals(library.version())) {
      System.out.println(
          "  %s: %s stays, because classes that are loaded cannot be replaced; for %s restart the"
                  .formatted(name, before.version(), library.version())
              + " kernel and ask for it first");
      return List.of();
    }
    if (library.file().toString().endsWith(".jar") && isKernels(library.file())) {
      System.out.println(
          "  %s: the kernel's own classes are used, not those of version %s"
              .formatted(name, library.version()));
    }
    known.put(name, library);
    return libraries.add(List.of(library.file()));
  }

  /** Whether the first class of the jar is one that the kernel exchanges values of. */
  private boolean isKernels(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
          .filter(name -> !name.endsWith("-info.class"))
          .findFirst()
          .map(name -> Libraries.isShared(name.replace('/', '.')))
          .orElse(false);
    } catch (IOException e) {
      throw new MagicException("Cannot read " + file + ": " + e.getMessage(), null, e);
    }
  }
}
