package vethbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vethbook.extension.MimeBundle;
import vethbook.extension.Renderer;
import vethbook.kernel.language.CellError;

/** How values show themselves, in Groovy and in Java cells, without a DSL. */
final class DisplayTest {
  private static final RecordedOutput output = new RecordedOutput();
  private static Engine engine;
  private static int count;

  @TempDir Path directory;

  @BeforeAll
  static void open() {
    engine = new Engine(List.of(), output, "test");
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static Engine.Outcome execute(String code) {
    return engine.execute(code, ++count, false);
  }

  private static MimeBundle shown(String code) {
    Engine.Outcome outcome = execute(code);
    assertThat(outcome.error()).describedAs(code).isNull();
    return output.result();
  }

  private static Map<String, Object> data(String code) {
    return shown(code).data();
  }

  private static String html(String code) {
    return String.valueOf(data(code).get("text/html"));
  }

  private static String failure(String code) {
    CellError error = execute(code).error();
    assertThat(error).describedAs(code).isNotNull();
    return String.join("\n", error.traceback()).replaceAll("\u001b\\[\\d+m", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 'a', null]                              | [1, a, null]",
        "[1, 2] as int[]                             | [1, 2]",
        "[[1, 2], [3, 4]] as int[][]                 | '[[1, 2],\n [3, 4]]'",
        "[['a'] as String[], 'b'] as Object[]        | [[a], b]",
        "[true: [1]]                                 | true  [1]",
        "java.time.Duration.ofSeconds(1)             | 1 s",
        "java.time.Duration.ofMillis(1500)           | 1.5 s",
        "java.time.Duration.ofSeconds(-3661)         | -1 h 1 min 1 s",
        "java.time.Duration.ofNanos(1500)            | 1.5 µs",
        "java.time.Duration.ofMillis(2)              | 2 ms",
        "java.time.Duration.ofDays(2)                | 2 d",
        "[java.time.Duration.ZERO]                   | [0 s]",
        "Optional.of(5)                              | 5",
        "Optional.empty()                            | Optional.empty",
        "[1, 2, 3].stream().map { it * 2 }           | [2, 4, 6]",
        "Thread.State.NEW                            | NEW",
        "x = []; x << x; x.first()                   | [(itself)]",
        "1..1_000_000                                | 1..1000000",
        "def t = 'GString'; \"a $t\"                 | a GString"
      })
  void hasTheTextOf(String code, String text) {
    assertThat(shown(code).text().strip()).isEqualTo(text);
  }

  @Test
  void showsTheBeginOfWhatIsLongOrEndless() {
    assertThat(shown("(1..5000).toList()").text()).endsWith("1000, …] (5000)");
    assertThat(shown("java.util.stream.Stream.iterate(1, n -> n + 1)").text())
        .endsWith("99, 100, …]");
    assertThat(shown("new long[1_000_000]").text()).endsWith("…] (1000000)").hasSizeLessThan(5_000);
    assertThat(shown("'x' * 1_000_000").text()).endsWith("(1000000 characters)");
  }

  @Test
  void showsMapsRecordsAndBeansAsTablesWithEscapedText() {
    assertThat(html("[name: '<script>alert(1)</script>', size: 1]"))
        .contains("<td style=\"text-align:left\">&lt;script&gt;alert(1)&lt;/script&gt;</td>");
    assertThat(html("[[a: 1, b: '<i>'], [a: 2]]"))
        .contains("<th>a</th><th>b</th>")
        .contains("&lt;i&gt;")
        .doesNotContain("<i>");
    String bean = "class Leaf { String colour; int veins; private int hidden = 7 }\n";
    assertThat(html(bean + "new Leaf(colour: 'green<', veins: 3)"))
        .contains(">colour<", "green&lt;", ">veins<", ">3<")
        .doesNotContain("hidden", "metaClass");
    assertThat(shown("[new Leaf(colour: 'red', veins: 1), new Leaf(colour: 'blue', veins: 22)]"))
        .extracting(MimeBundle::text)
        .isEqualTo("colour  veins\nred         1\nblue       22\n");
    assertThat(data("class Own { int a; String toString() { 'own' } }\nnew Own()"))
        .containsOnly(Map.entry("text/plain", "own"));
    assertThat(html("%%java\nrecord Point(int x, String y) {}\nnew Point(1, \"<b>\")"))
        .contains("&lt;b&gt;");
    assertThat(data("new Object()")).containsOnlyKeys("text/plain");
  }

  @Test
  void linksWhatLeadsOutAndNothingThatRuns() {
    assertThat(html("new URL('https://example.org/?a=1&b=2')"))
        .contains("href=\"https://example.org/?a=1&amp;b=2\"");
    assertThat(data("URI.create('javascript:alert(1)')")).containsOnlyKeys("text/plain");
  }

  @Test
  void showsAnErrorAsAValue() {
    Map<String, Object> shown = data("try { throw new IOException('<lost>') } catch (e) { e }");

    assertThat(shown.get("text/html").toString()).contains("&lt;lost&gt;", "<details>");
    assertThat(shown.get("text/plain").toString())
        .startsWith("java.io.IOException: <lost>\n    at cell " + count + ", line 1");
  }

  @Test
  void showsPictures() throws Exception {
    MimeBundle shown =
        shown(
            "new java.awt.image.BufferedImage(30, 20, java.awt.image.BufferedImage.TYPE_INT_RGB)");
    assertThat(shown.data().get("image/png").toString()).startsWith("iVBOR");
    assertThat(shown.metadata().get("image/png")).isEqualTo(Map.of("width", 30, "height", 20));
    assertThat(shown.text()).isEqualTo("picture of 30 × 20 pixels");

    Path file = directory.resolve("a.svg");
    Files.writeString(file, "<svg xmlns='http://www.w3.org/2000/svg'/>");
    assertThat(data("image('" + file + "')")).containsKey("image/svg+xml");
    assertThat(failure("image('none.png')")).contains("Cannot read the picture none.png (cell ");
    Files.writeString(file, "nothing");
    assertThat(failure("image(new File('" + file + "'))")).contains("PNG, JPEG, GIF and SVG");
  }

  @Test
  void takesTextThatIsWrittenInAMediaType() {
    assertThat(data("html '<b>x</b>'")).containsEntry("text/html", "<b>x</b>");
    assertThat(data("def n = 2; markdown \"**$n**\"")).containsEntry("text/markdown", "**2**");
    assertThat(data("latex 'x^2'")).containsEntry("text/latex", "$$x^2$$");
    assertThat(data("latex '$x$'")).containsEntry("text/latex", "$x$");
    assertThat(data("svg '<svg/>'")).containsEntry("image/svg+xml", "<svg/>");
    assertThat(data("json([a: [1, 2]])"))
        .containsEntry("application/json", Map.of("a", List.of(1, 2)));
    assertThat(data("json '[1]'")).containsEntry("text/plain", "[ 1 ]");
    assertThat(failure("json '{\"a\": }'")).contains("line 1, column 7");
    assertThat(data("%%java\nmarkdown(\"# T\")")).containsEntry("text/markdown", "# T");
    assertThat(data("%%java\njson(Map.of(\"a\", 1))")).containsKey("application/json");
  }

  @Test
  void showsWhatACellSaysForAType() {
    shown("class Fruit { String name; String toString() { name } }\nclass Apple extends Fruit {}");
    shown("render(Fruit) { html \"<b>${it.name}</b>\" }\n1");
    assertThat(data("new Apple(name: 'Cox')"))
        .containsEntry("text/html", "<b>Cox</b>")
        .containsEntry("text/plain", "Cox");
    shown("render(Apple) { 'apple ' + it.name }\n1");
    assertThat(data("new Apple(name: 'Cox')")).containsOnly(Map.entry("text/plain", "apple Cox"));
    shown("render(Apple) { [kind: it.name] }\n1");
    assertThat(html("new Apple(name: 'Cox')")).contains(">kind<");
    assertThat(html("Optional.of(new Fruit(name: 'Fig'))")).isEqualTo("<b>Fig</b>");
    shown("render(Integer) { 'int ' + it }\n2");
    assertThat(shown("42").text()).isEqualTo("int 42");
    shown("render(Integer) { it }\n2");
    assertThat(shown("42").text()).isEqualTo("42");

    shown(
        """
        %%java
        record Star(int size) {}
        render(Star.class, s -> html("*".repeat(s.size())));
        1\
        """);
    assertThat(html("%%java\nnew Star(3)")).isEqualTo("***");
    assertThat(html("new Star(2)")).isEqualTo("**");
    shown("render(Locale) { it.displayCountry }\n1");
    assertThat(shown("Locale.US").text()).isEqualTo("United States");
    shown("%reset\n1");
    assertThat(shown("Locale.US").text()).isEqualTo("en_US");
  }

  @Test
  void makesAnErrorInARendererTheCellsError() throws Exception {
    shown("class Bad {}\nclass Slow {}\nrender(Bad) { throw new IllegalStateException('no') }\n1");
    int declared = count;
    assertThat(failure("new Bad()")).contains("no (cell " + declared + ", line 3)");
    assertThat(failure("display new Bad()\nprintln 1")).contains("no (cell " + declared);
    shown("render(Bad) { Bad b -> [b].collect { render(b).text() } }\n1");
    assertThat(failure("new Bad()")).contains("StackOverflowError");

    shown("render(Slow) { while (true) { } }\n1");
    CompletableFuture<Engine.Outcome> end =
        CompletableFuture.supplyAsync(() -> execute("new Slow()"));
    Thread.sleep(1_000);
    assertThat(end).isNotDone();
    engine.interrupt();
    assertThat(end.get(20, TimeUnit.SECONDS).wasInterrupted()).isTrue();
    assertThat(shown("6 * 7").text()).isEqualTo("42");
  }

  @Test
  void replacesWhatWasShown() {
    int before = output.ids().size();
    assertThat(execute("display 1, id: 'a'\nupdate 'a', 2\ndisplay 3, id: 'a'").result()).isEmpty();
    execute("s = display(4)\ns.update 5\nupdate s, 6\nupdateDisplay s.id(), 7");
    execute("display 8, id: 'a'");
    List<String> ids = output.ids().subList(before, output.ids().size());
    assertThat(ids).hasSize(8).startsWith("a", "a", "a").endsWith("a");
    assertThat(output.displays()).last().extracting(MimeBundle::text).isEqualTo("8");
    assertThat(output.updates()).last().extracting(MimeBundle::text).isEqualTo("7");
    assertThat(failure("update 'none', 1")).contains("nothing was shown under this name");
    assertThat(failure("display 1, idd: 'a'")).contains("display(value, id: 'name')");
    execute("display '# T', 'text/markdown'");
    assertThat(output.displays())
        .last()
        .extracting(MimeBundle::data)
        .isEqualTo(Map.of("text/markdown", "# T", "text/plain", "# T"));
    execute("display null\ndisplay(['a', 'b'] as String[])");
    assertThat(output.displays()).last().extracting(MimeBundle::text).isEqualTo("[a, b]");
  }

  @Test
  void countsTheTurnsOfALoop() {
    assertThat(shown("def sum = 0\nfor (i in progress(10)) { sum += i }\nsum").text())
        .isEqualTo("45");
    assertThat(output.lastProgress().text()).startsWith("10/10 in ");
    assertThat(output.lastProgress().fraction()).isEqualTo(1);
    execute("for (c in progress(['a', 'b'], 'letters')) { if (c == 'b') break }");
    assertThat(output.lastProgress().text()).startsWith("letters stopped at 1/2 after ");
    execute("for (a in progress(2)) { for (b in progress([1, 2, 3])) { sleep 60 } }");
    assertThat(output.progress()).anyMatch(text -> text.matches("[01]/2 · [012]/3"));
    assertThat(output.lastProgress().text()).startsWith("2/2 in ");
    int before = output.progress().size();
    execute("for (a in progress([])) { }");
    assertThat(output.progress()).hasSize(before);
    assertThat(shown("%%java\nint n = 0;\nfor (int i : progress(4, \"java\")) n += i;\nn").text())
        .isEqualTo("6");
    assertThat(output.lastProgress().text()).startsWith("java 4/4");
    assertThat(failure("for (i in progress(3)) { if (i == 2) throw new IOException('x') }"))
        .contains("x");
    assertThat(output.lastProgress().text()).startsWith("stopped at 2/3");
    assertThat(failure("progress(-1)")).contains("Cannot count to -1");
  }

  @Test
  void givesFunctionsBackThatACellHasHidden() {
    execute("html = 1");
    assertThat(failure("html '<b>'")).contains("html");
    execute("%reset html");
    assertThat(html("html '<b>'")).isEqualTo("<b>");
  }

  /** Has a renderer of its own, as a library would. */
  public static final class Planet {}

  /** Named in the library's META-INF/services. */
  public static final class PlanetRenderer implements Renderer<Planet> {
    @Override
    public Class<Planet> type() {
      return Planet.class;
    }

    @Override
    public MimeBundle render(Planet value) {
      return MimeBundle.plain("a planet");
    }
  }

  @Test
  void takesTheRenderersOfLibraries() throws Exception {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(Renderer.class.getName()),
        "none.Such\n" + PlanetRenderer.class.getName() + "\n");
    String planet = "new " + Planet.class.getName().replace('$', '.') + "()";
    assertThat(shown(planet).text()).contains("Planet@");
    shown("%classpath " + directory + "\n1");
    assertThat(shown(planet).text()).isEqualTo("a planet");
    assertThat(output.printed())
        .contains("A library's renderer cannot be used")
        .contains("none.Such");
  }
}
