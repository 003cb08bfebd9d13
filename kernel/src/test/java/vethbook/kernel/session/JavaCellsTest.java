package vethbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.extension.MimeBundle;
import vethbook.kernel.language.CellError;
import vethbook.kernel.language.Language.Completeness;

/** Java cells beside Groovy cells, without a protocol and without a DSL. */
final class JavaCellsTest {
  private static final RecordedOutput output = new RecordedOutput();
  private static Engine engine;
  private static int count;

  @BeforeAll
  static void open() {
    engine = new Engine(List.of(), output, "test", "java");
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static Engine.Outcome execute(String code) {
    return engine.execute(code, ++count, false);
  }

  private static String run(String code) {
    Engine.Outcome outcome = execute(code);
    assertThat(outcome.error()).describedAs(code).isNull();
    return outcome.result();
  }

  private static String failure(String code) {
    CellError error = execute(code).error();
    assertThat(error).describedAs(code).isNotNull();
    return String.join("\n", error.traceback()).replaceAll("\u001b\\[\\d+m", "");
  }

  @Test
  void returnsTheLastExpression() {
    assertThat(run("int a = 6; a * 7")).isEqualTo("42");
    assertThat(run("a = 8")).isEmpty();
    assertThat(run("int b = 1;")).isEmpty();
    assertThat(run("a")).isEqualTo("8");
  }

  @Test
  void declaresMethodsClassesRecordsAndEnums() {
    run("record Point(int x, int y) { int sum() { return x + y; } }\nenum Colour { RED, GREEN }");
    run("class Counter {\n  int n;\n  void more() { n++; }\n}");
    run("class Twice extends Counter { void more() { super.more(); n++; } }");

    assertThat(run("new Point(1, 2).sum()")).isEqualTo("3");
    assertThat(run("Colour.valueOf(\"RED\").ordinal()")).isEqualTo("0");
    assertThat(run("var t = new Twice(); t.more(); t.n")).isEqualTo("2");
  }

  @Test
  void letsSealedTypesStretchOverCells() {
    run("sealed interface Shape permits Square, Circle {}");
    run(
        "record Square(int side) implements Shape {}\nrecord Circle(int radius) implements Shape {}");

    assertThat(run("Shape shape = new Square(2); shape")).contains("2");
  }

  @Test
  void letsAMethodReferToWhatIsDeclaredLater() {
    run("int first() { return second() + 1; }");
    assertThat(output.printed())
        .contains("first is declared, but cannot be used before: method second()");
    assertThat(failure("first()")).startsWith("Cannot use first: it refers to method second()");
    run("int second() { return 1; }");
    assertThat(run("first()")).isEqualTo("2");
    run("int second() { return 10; }");
    assertThat(run("first()")).isEqualTo("11");
  }

  @Test
  void sharesVariablesWithGroovy() {
    run("int number = 5; String text = \"a\"; int[] array = {1, 2};");
    assertThat(
            run(
                "%%groovy\nnumber++\ntext += 'b'\nlist = [1, 2]\nmap = [one: 1]\ntext + array.sum()"))
        .isEqualTo("ab3");
    assertThat(run("number + text")).isEqualTo("6ab");
    assertThat(run("int sum = 0; for (int each : list) sum += each; sum + map.get(\"one\")"))
        .isEqualTo("4");
    run("list.add(7)");
    assertThat(run("%%groovy\nlist")).isEqualTo("[1, 2, 7]");
  }

  @Test
  void letsGroovyUseMethodsAndClasses() {
    run("record Pair(int a, int b) {}");
    run(
        "int plus(int a, int b) { return a + b; }\nString plus(String a, String b) { return a + '|' + b; }");
    assertThat(
            run("%%groovy\ndef pair = new Pair(1, 2)\nplus(pair.a(), pair.b()) + plus('x', 'y')"))
        .isEqualTo("3x|y");
    assertThat(run("pair.b()")).isEqualTo("2");
    run("int plus(int a, int b) { return 100; }");
    assertThat(run("%%groovy\nplus(1, 2)")).isEqualTo("100");
    assertThat(failure("%%groovy\nplus(1)")).contains("plus");
    run("int boom() {\n  throw new IllegalStateException(\"in Java\");\n}");
    int declared = count;
    assertThat(failure("%%groovy\nboom()"))
        .contains("in Java (cell " + declared + ", line 2)")
        .contains("at cell " + count + ", line 2");
  }

  @Test
  void givesAVariableAnotherTypeWhenGroovyDoes() {
    run("int flexible = 1;");
    run("%%groovy\nflexible = 'now text'");
    assertThat(run("flexible.length()")).isEqualTo("8");
    run("%%groovy\nflexible = \"now ${1 + 1}\"");
    assertThat(run("flexible.endsWith(\"2\")")).isEqualTo("true");
  }

  @Test
  void pointsToWhatDoesNotCompile() {
    assertThat(failure("int fine = 1;\nint wrong = \"text\";"))
        .contains("Cannot compile this cell (cell " + count + ", line 2): incompatible types")
        .contains("    int wrong = \"text\";\n                ^");
    assertThat(failure("int numbers = 2; nubmers + 1")).contains("did you mean numbers?");
    assertThat(failure("int x = ;")).contains("illegal start of expression");
    assertThat(failure("int open(")).contains("line 1");
  }

  @Test
  void namesTheCellsOfAnErrorsFrames() {
    run("int half(int n) {\n  return 1 / n;\n}");
    int declared = count;

    assertThat(failure("int unused;\n\nhalf(0)"))
        .startsWith("java.lang.ArithmeticException: / by zero (cell " + declared + ", line 2)")
        .contains("    return 1 / n;")
        .contains("at cell " + count + ", line 3")
        .doesNotContain("jshell")
        .doesNotContain("REPL");
  }

  @Test
  void survivesWhatWouldEndAProcess() {
    assertThat(failure("int deep(int n) { return deep(n + 1); }\ndeep(0)"))
        .startsWith("java.lang.StackOverflowError");
    assertThat(
            failure(
                "var hoard = new ArrayList<long[]>();\nwhile (true) hoard.add(new long[1 << 27]);"))
        .startsWith("java.lang.OutOfMemoryError");
    run("hoard = null;");
    assertThat(failure("System.exit(3)")).startsWith("System.exit(3) would end the kernel");
    assertThat(failure("Runtime.getRuntime().halt(3)")).startsWith("Runtime.halt(3) would end");
    assertThat(run("1 + 1")).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for (;;) {}",
        "long n = 0; while (true) { n++; }",
        "int i = 0; do { try { i++; } catch (Exception e) { } } while (true);",
        "Runnable r = () -> { while (true) { } }; r.run();",
        "Thread.sleep(60_000);",
        "while (true) try { Thread.sleep(10); } catch (InterruptedException e) { }",
        "Stream.iterate(0, k -> k + 1).forEach(k -> { });"
      })
  void stopsWhenInterrupted(String code) throws Exception {
    run("var started = new CountDownLatch(1);");
    CountDownLatch started = (CountDownLatch) engine.language().variables().get("started");
    CompletableFuture<Engine.Outcome> end =
        CompletableFuture.supplyAsync(() -> execute("started.countDown();\n" + code));
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    Thread.sleep(Duration.ofMillis(200).toMillis());
    engine.interrupt();

    assertThat(end.get(20, TimeUnit.SECONDS).wasInterrupted()).isTrue();
    assertThat(run("started.getCount()")).isEqualTo("0");
  }

  @Test
  void showsValuesAsNotebooksOfIJavaDo() {
    int before = output.displays().size();
    run("String id = display(\"<b>bold</b>\", \"text/html\");");
    run("updateDisplay(id, \"# Title\", \"text/markdown\");\nrender(1).text()");

    MimeBundle shown = output.displays().get(before);
    assertThat(shown.data()).containsEntry("text/html", "<b>bold</b>");
    assertThat(output.updates())
        .last()
        .extracting(bundle -> bundle.data().get("text/markdown"))
        .isEqualTo("# Title");
    assertThat(output.ids()).contains((String) engine.language().variables().get("id"));
    assertThat(failure("display(1, \"image/png\");")).contains("cannot be shown as image/png");
  }

  @Test
  void knowsWhenACellIsWhole() {
    assertThat(engine.language().completeness("int f() {"))
        .isEqualTo(new Completeness("incomplete", "    "));
    assertThat(engine.language().completeness("1 + 1")).isEqualTo(Completeness.COMPLETE);
    assertThat(engine.language().completeness("int x = ;")).isEqualTo(Completeness.INVALID);
  }

  @Test
  void completesMembersAndVariables() {
    run("var words2 = new ArrayList<String>();");
    run("%%groovy\nfromGroovy = new StringBuilder()");

    assertThat(engine.language().complete("words2.get(0).subS", 18).texts())
        .containsExactly("subSequence(");
    assertThat(engine.language().complete("fromGr", 6).texts()).containsExactly("fromGroovy");
    assertThat(engine.language().complete("fromGroovy.appendC", 18).texts())
        .containsExactly("appendCodePoint(");
    assertThat(engine.language().complete("int q = 1;\nwords", 16).texts()).contains("words2");
    assertThat(engine.language().complete("%cla", 4).texts()).containsExactly("%classpath");
  }

  @Test
  void saysWhatANameIs() {
    assertThat(engine.language().inspect("Math.max", 8, false).orElseThrow().text())
        .contains("int Math.max(int a, int b)");
    assertThat(engine.language().inspect("%time", 3, false).orElseThrow().text())
        .contains("%time CODE");
    assertThat(engine.language().inspect("nothingAtAll", 3, false)).isEmpty();
  }

  @Test
  void namesTheNearestMagics() {
    assertThat(failure("%tiem 1")).startsWith("Cannot find magic %tiem").contains("%time");
    assertThat(failure("%%jva\n1")).contains("did you mean %%java?");
    assertThat(failure("%java")).contains("it goes over a cell: %%java");
    assertThat(run("%help time")).startsWith("%time CODE");
  }
}
