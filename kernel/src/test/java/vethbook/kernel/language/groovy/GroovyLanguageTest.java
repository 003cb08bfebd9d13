package vethbook.kernel.language.groovy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import groovy.lang.Script;
import java.util.ArrayList;
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
  void findsClassesOfCellsByTheContextClassLoader() throws Throwable {
    run("class Own {}");

    String byName = "Class.forName('Own', true, Thread.currentThread().contextClassLoader)";
    assertThat(run(byName + ".is(Own)")).isEqualTo(true);
  }

  /** A loader keeps a lock for each name that it was ever asked for. */
  @Test
  void asksNoOtherLoaderForWhatOnlyACellHas() throws Throwable {
    List<String> asked = new ArrayList<>();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    ClassLoader noting =
        new ClassLoader(before) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            return super.loadClass(name, resolve);
          }
        };
    Thread.currentThread().setContextClassLoader(noting);
    try {
      run("def f(x) { x + 1 }; kept = [1, 2].collect { f(it) }");
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(noting);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }

    assertThat(asked).noneMatch(name -> name.startsWith("cell_"));
  }

  @Test
  void replacesAMethodAndAClassThatAreDefinedAgain() throws Throwable {
    run("def f() { 1 }\nclass C { int v = 1 }");
    run("def f() { 2 }\nclass C { int v = 2 }");

    assertThat(run("f() + new C().v")).isEqualTo(4);
  }

  @Test
  void transformsOfTheSyntaxTreeWorkAcrossCells() throws Throwable {
    run("import groovy.transform.*");
    run("@Immutable class Point { int x, y }\n@Canonical class Named { String name }");
    run("@Memoized def slow(int n) { calls << n; n * 2 }\ncalls = []");
    run("@TailRecursive long sum(long n, long all = 0) { n == 0 ? all : sum(n - 1, all + n) }");
    run("@Field int kept = 7\ndef twice() { kept * 2 }");

    assertThat(run("new Point(1, 2) == new Point(x: 1, y: 2)")).isEqualTo(true);
    assertThat(catchThrowable(() -> run("new Point(1, 2).x = 3")))
        .hasMessageContaining("Cannot set read-only property");
    assertThat(run("new Named('a').toString()")).isEqualTo("Named(a)");
    assertThat(run("slow(4) + slow(4)")).isEqualTo(16);
    assertThat(run("calls")).isEqualTo(List.of(4));
    assertThat(run("sum(10_000)")).isEqualTo(50_005_000L);
    assertThat(run("twice()")).isEqualTo(14);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TypeChecked", "CompileStatic"})
  void typesOfMethodsAndClassesAreCheckedWhereACellAsksForIt(String annotation) throws Throwable {
    run("import groovy.transform." + annotation);
    run("@" + annotation + " int length(String text) { text.length() }");
    run("@" + annotation + " class Words { List<String> all; int most() { all*.length().max() } }");

    assertThat(run("length('four') + new Words(all: ['a', 'bcd']).most()")).isEqualTo(7);
    assertThat(
            catchThrowable(() -> run("@" + annotation + " int f(String text) { text.lenght() }")))
        .hasMessageContaining("Cannot find matching method java.lang.String#lenght()");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "words.first().toUpperCase() + size(3) | A3",
        "int n = 20; n += 1; n * 2 | 42",
        "def (a, b) = [1, 2]; \"$a$b\".toString() | 12",
        "brew('mint', words.size()) | mint for 2 minutes"
      })
  void runsACellWhoseTypesFit(String cell, String value) throws Throwable {
    run("words = ['a', 'b']; def size(int n) { n }");

    assertThat(language.evaluateTyped(cell, ++number)).hasToString(value);
  }

  @Test
  void keepsWhatATypedCellDeclares() throws Throwable {
    assertThat(language.evaluateTyped("int n = 20\nn = 21", ++number)).isNull();
    assertThat(language.evaluateTyped("String word = 'a'", ++number)).isNull();

    assertThat(run("word * n")).isEqualTo("a".repeat(21));
    assertThat(language.evaluateTyped("other = word + n; other.length()", ++number)).isEqualTo(3);
    assertThat(run("other")).isEqualTo("a21");
    run("n = 'not a number'"); // other cells stay free
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "println 'never'; words.frist() | Cannot find matching method",
        "int n = 'many' | Cannot assign value of type java.lang.String to variable of type int",
        "wrods.size() | The variable [wrods] is undeclared",
        "brew(3, 'mint') | Cannot find matching method"
      })
  void refusesACellWhoseTypesDoNotFit(String cell, String problem) throws Throwable {
    run("words = ['a', 'b']");

    assertThat(catchThrowable(() -> language.evaluateTyped(cell, ++number)))
        .hasMessageContaining(problem);
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
