package vethbook.kernel.language.groovy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import groovy.lang.Script;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Renderer;
import vethbook.extension.UserException;
import vethbook.kernel.language.CellError;

final class GroovyLanguageTest {
  private final GroovyLanguage language = new GroovyLanguage(List.of(new Tea()));
  private int number;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kept = 41 + 1",
        "def kept = 42",
        "int kept = 42",
        "final kept = 42",
        "var kept = 42",
        "def (other, kept) = [1, 42]",
        "int kept = 42.7",
        "def before = 1\ndef kept = before + 41",
        "def kept\nkept = 42",
        "int kept\nkept += 42"
      })
  void keepsVariablesHoweverTheyWereDeclared(String cell) throws Throwable {
    run(cell);

    assertThat(run("kept")).isEqualTo(42);
  }

  @Test
  void keepsVariablesThatClosuresChange() throws Throwable {
    run("def sum = 0\n[1, 2, 3].each { sum += it }");

    assertThat(run("sum")).isEqualTo(6);
  }

  @Test
  void keepsMethodsImportsAndClasses() throws Throwable {
    run("def twice(int n) { n * 2 }");
    run("import java.util.concurrent.TimeUnit\nimport static java.lang.Math.abs as size");
    run("class Pair { int a, b; int sum() { a + b } }");

    assertThat(run("twice(21)")).isEqualTo(42);
    assertThat(run("TimeUnit.MINUTES.toSeconds(size(-2))")).isEqualTo(120L);
    assertThat(run("new Pair(a: 1, b: 2).sum()")).isEqualTo(3);
  }

  @Test
  void replacesAMethodAndAClassThatAreDefinedAgain() throws Throwable {
    run("def f() { 1 }\nclass C { int v = 1 }");
    run("def f() { 2 }\nclass C { int v = 2 }");

    assertThat(run("f() + new C().v")).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  \n", "// nothing", "def f() { 1 }", "class D {}", "x = 5", "def y = 5"})
  void hasNoValueWithoutAClosingExpression(String cell) throws Throwable {
    assertThat(run(cell)).isNull();
  }

  @Test
  void knowsTheWordsOfTheDsl() throws Throwable {
    assertThat(run("brew 'mint', 3")).isEqualTo("mint for 3 minutes");
  }

  @Test
  void showsAUserErrorAsItsOwnTextWithThePlace() {
    CellError error = error("x = 1\nspill()");

    assertThat(text(error)).contains("Cannot pour (cell 1, line 2)").doesNotContain("\tat ");
  }

  @Test
  void suggestsWordsForAMisspeltName() {
    assertThat(text(error("teapot = 1\nprintln teapto"))).contains("line 2").contains("teapot");
  }

  @Test
  void suggestsWordsForAMisspeltCall() {
    assertThat(text(error("bruw 'mint', 3"))).contains("line 1").contains("brew");
  }

  @Test
  void showsTheFormsOfAWordThatWasCalledWrongly() {
    assertThat(text(error("brew 3")))
        .contains("brew")
        .contains("text sort")
        .contains("number minutes");
  }

  @Test
  void pointsToASyntaxError() {
    String text = text(error("a = 1\nb = = 2"));

    assertThat(text).contains("line 2").contains("b = = 2").contains("^");
  }

  @Test
  void keepsTheCauseOfAnErrorAndLeavesOutTheMachinery() {
    CellError error =
        error("def f() { throw new RuntimeException('outer', new IOException('inner')) }\nf()");

    assertThat(error.name()).isEqualTo("RuntimeException");
    assertThat(text(error))
        .contains("outer")
        .contains("inner")
        .contains("line 1")
        .contains("line 2")
        .doesNotContain("org.codehaus.groovy")
        .doesNotContain("java.lang.reflect");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"System.exit(1)", "[1].each { System.exit(it) }", "Runtime.runtime.halt(1)"})
  void refusesToEndTheProcess(String cell) {
    assertThat(text(error(cell))).contains("end the kernel").contains("line 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "1 + 1|complete",
        "x = [1, 2]|complete",
        "// it's (|complete",
        "'(' + 'a'|complete",
        "f = { x ->|incomplete",
        "[1,|incomplete",
        "'''open|incomplete",
        "/* open|incomplete",
        "1 +* )|invalid",
      })
  void tellsWhetherATextIsComplete(String code, String status) {
    assertThat(language.completeness(code).status()).isEqualTo(status);
  }

  @Test
  void completesWordsVariablesAndMembers() throws Throwable {
    run("brewery = 'x'");

    assertThat(language.complete("bre", 3).texts()).contains("brew", "brewery");
    assertThat(language.complete("brewery.toUp", 12).texts()).contains("toUpperCase");
  }

  private Object run(String code) throws Throwable {
    number++;
    return language.evaluate(code, number);
  }

  private CellError error(String code) {
    Throwable thrown = catchThrowable(() -> run(code));
    assertThat(thrown).isNotNull();
    return language.explain(thrown);
  }

  @Test
  void helpsWithConstantsAndWordsWithoutArguments() {
    assertThat(text(error("MINUTE"))).contains("did you mean MINUTES?");
    assertThat(text(error("brew"))).contains("it is a word: brew(text sort, number minutes)");
    assertThat(language.complete("NANO", 4).texts()).contains("NANOSECONDS");
  }

  private static String text(CellError error) {
    return String.join("\n", error.traceback());
  }

  /** A DSL for tests. */
  private static final class Tea implements ExtensionSession {
    @Override
    public Class<?> scriptBaseClass() {
      return TeaScript.class;
    }

    @Override
    public void attach(Object script) {
      assertThat(script).isInstanceOf(TeaScript.class);
    }

    @Override
    public List<String> importedPackages() {
      return List.of("java.time");
    }

    @Override
    public List<String> importedStatics() {
      return List.of("java.util.concurrent.TimeUnit");
    }

    @Override
    public List<Renderer<?>> renderers() {
      return List.of();
    }

    @Override
    public Map<String, Object> variables() {
      return Map.of();
    }

    @Override
    public void close() {}
  }

  /** The words of {@link Tea}. */
  public abstract static class TeaScript extends Script {
    /** Says how long. */
    public String brew(String sort, int minutes) {
      return sort + " for " + minutes + " minutes";
    }

    /** Always fails. */
    public void spill() {
      throw new Spilt();
    }
  }

  private static final class Spilt extends UserException {
    private static final long serialVersionUID = 1;

    Spilt() {
      super("Cannot pour", null);
    }

    @Override
    public String describe(String place) {
      return getMessage() + " (" + place + ").\n  next:  a cloth";
    }
  }
}
