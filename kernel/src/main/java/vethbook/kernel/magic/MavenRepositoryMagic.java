package vethbook.kernel.magic;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code %mavenRepo}: another repository for {@code %maven}. */
final class MavenRepositoryMagic implements Magic {
  private final NotebookLibraries libraries;

  MavenRepositoryMagic(NotebookLibraries libraries) {
    this.libraries = libraries;
  }

  @Override
  public List<String> names() {
    return List.of("mavenRepo", "addMavenRepo");
  }

  @Override
  public List<String> usage() {
    return List.of("%mavenRepo", "%mavenRepo ID URL");
  }

  @Override
  public String summary() {
    return "Makes %maven look in this repository too; without arguments it lists them.";
  }

  @Override
  public @Nullable Object line(Call call) {
    List<String> words = call.words();
    if (words.isEmpty()) {
      return libraries.maven().repositories().entrySet().stream()
          .map(each -> Map.of("id", each.getKey(), "url", each.getValue()))
          .toList();
    }
    if (words.size() != 2) {
      throw new MagicException("Cannot add a repository", "write " + usage().get(1));
    }
    libraries.maven().addRepository(words.get(0), address(words.get(1)));
    return null;
  }

  private static String address(String text) {
    try {
      if (new URI(text).getScheme() != null) {
        return text;
      }
    } catch (URISyntaxException e) {
      throw new MagicException(
          "Cannot use " + text + " as a repository: " + e.getMessage(), null, e);
    }
    throw new MagicException(
        "Cannot use " + text + " as a repository: it is no URL",
        "it begins with https:// or file:");
  }
}
