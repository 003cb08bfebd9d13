package vethbook.kernel.magic;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code %maven}: libraries from Maven repositories. */
final class MavenMagic implements Magic {
  private final NotebookLibraries libraries;

  MavenMagic(NotebookLibraries libraries) {
    this.libraries = libraries;
  }

  @Override
  public List<String> names() {
    return List.of("maven", "addMavenDependencies", "addMavenDependency");
  }

  @Override
  public List<String> usage() {
    return List.of("%maven GROUP:ARTIFACT:VERSION...");
  }

  @Override
  public String summary() {
    return "Gets libraries and what they need from Maven repositories, for cells of all languages; "
        + "Maven's settings.xml counts.";
  }

  @Override
  public boolean showsItsValue() {
    return false;
  }

  @Override
  public @Nullable Object line(Call call) {
    if (call.words().isEmpty()) {
      throw new MagicException("Cannot get nothing", "write " + usage().get(0));
    }
    return libraries.add(libraries.maven().get(call.words())).stream().map(Path::toString).toList();
  }
}
