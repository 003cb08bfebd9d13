package vethbook.kernel.magic;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.language.Libraries;

/** {@code %classpath}: jars and folders for the cells of all languages. */
final class ClasspathMagic implements Magic {
  private final Libraries libraries;

  ClasspathMagic(Libraries libraries) {
    this.libraries = libraries;
  }

  @Override
  public List<String> names() {
    return List.of("classpath", "jars");
  }

  @Override
  public List<String> usage() {
    return List.of("%classpath", "%classpath PATH...");
  }

  @Override
  public String summary() {
    return "Adds jars, folders of classes, or all that a pattern such as lib/*.jar names; "
        + "without a path it shows what was added.";
  }

  @Override
  public @Nullable Object line(Call call) throws IOException {
    if (call.words().isEmpty()) {
      return libraries.paths().stream().map(Path::toString).toList();
    }
    List<Path> paths = new ArrayList<>();
    for (String word : call.words()) {
      List<Path> found = found(word);
      if (found.isEmpty()) {
        throw new MagicException(
            "Cannot find " + word + " for the class path",
            "a path that does not begin with / is looked for in " + Path.of("").toAbsolutePath());
      }
      paths.addAll(found);
    }
    return libraries.add(paths).stream().map(Path::toString).toList();
  }

  private static List<Path> found(String word) throws IOException {
    String home =
        word.startsWith("~/") ? System.getProperty("user.home") + word.substring(1) : word;
    int pattern = home.lastIndexOf('/');
    String name = home.substring(pattern + 1);
    if (!name.matches(".*[*?\\[{].*")) {
      Path path = Path.of(home);
      return Files.exists(path) ? List.of(path) : List.of();
    }
    Path folder = Path.of(pattern < 0 ? "" : home.substring(0, pattern + 1));
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name)) {
        files.forEach(found::add);
      }
    }
    found.sort(null);
    return found;
  }
}
