package vethbook.kernel.magic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code %%java}: the cell is written in this language. */
final class LanguageMagic implements Magic {
  private final String language;

  LanguageMagic(String language) {
    this.language = language;
  }

  @Override
  public List<String> names() {
    return List.of(language);
  }

  @Override
  public List<String> usage() {
    return List.of("%%" + language);
  }

  @Override
  public String summary() {
    String name =
        language.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + language.substring(1);
    return "Runs the cell as " + name + "; variables are those of all cells.";
  }

  @Override
  public @Nullable Object cell(Call call, String body) throws Throwable {
    if (!call.text().isEmpty()) {
      throw new MagicException(
          "Cannot give %%" + language + " '" + call.text() + "'",
          "the code begins on the line below");
    }
    return call.cells().run(body, language, call.number());
  }
}
