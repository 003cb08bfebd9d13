package vethbook.kernel.language.groovy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Extension;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Host;
import vethbook.extension.MimeBundle;
import vethbook.kernel.language.CellError;
import vethbook.kernel.language.Language.Completions;

/** Groovy cells with the words that are on the class path, for tests; a {@code |} is the cursor. */
final class WordsOfTheLab implements AutoCloseable {
  private final List<ExtensionSession> sessions = new ArrayList<>();
  private final GroovyLanguage language;
  private int number;

  WordsOfTheLab() {
    Host host = Host.printing(System.out);
    ServiceLoader.load(Extension.class).forEach(each -> sessions.add(each.open(host)));
    assertThat(sessions).isNotEmpty();
    language = new GroovyLanguage(sessions);
  }

  GroovyLanguage language() {
    return language;
  }

  @Nullable Object run(String cell) throws Throwable {
    number++;
    return language.evaluate(cell, number);
  }

  /** The text of a cell's error without its colours. */
  String error(String cell) {
    Throwable thrown = Assertions.catchThrowable(() -> run(cell));
    assertThat(thrown).as("an error of: " + cell).isNotNull();
    CellError error = language.explain(thrown);
    return String.join("\n", error.traceback()).replaceAll("\u001b\\[[0-9;]*m", "");
  }

  List<String> complete(String cell) {
    return completions(cell).texts();
  }

  Completions completions(String cell) {
    return language.complete(cell.replaceFirst("\\|", ""), cell.indexOf('|'));
  }

  String inspect(String cell, boolean detailed) {
    return language
        .inspect(cell.replaceFirst("\\|", ""), cell.indexOf('|'), detailed)
        .map(MimeBundle::text)
        .orElse("");
  }

  @Override
  public void close() {
    sessions.forEach(ExtensionSession::close);
  }
}
