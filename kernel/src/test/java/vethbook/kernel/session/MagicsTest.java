package vethbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.kernel.language.CellError;

/** Magics in cells, with a Maven repository in a folder. */
final class MagicsTest {
  private static final RecordedOutput output = new RecordedOutput();
  private static Engine engine;
  private static int count;

  @TempDir static Path folder;

  @BeforeAll
  static void open() throws IOException {
    System.setProperty("maven.repo.local", folder.resolve("local").toString());
    engine = new Engine(List.of(), output, "test");
    publish("base", "1.0", "class Base { public static String version() { return \"1.0\"; } }", "");
    publish("base", "2.0", "class Base { public static String version() { return \"2.0\"; } }", "");
    publish("middle", "1.0", "class Middle {}", dependency("base", "2.0"));
    publish("top", "1.0", "class Top {}", dependency("middle", "1.0") + dependency("base", "1.0"));
    publish("piece", "1.0", "class Piece {}", "");
    run("%mavenRepo test " + folder.resolve("repository").toUri());
  }

  @AfterAll
  static void close() {
    engine.close();
    System.clearProperty("maven.repo.local");
  }

  private static String dependency(String artifact, String version) {
    return "<dependency><groupId>sample</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
        .formatted(artifact, version);
  }

  /** Puts a library of one class into the repository. */
  private static void publish(String artifact, String version, String type, String dependencies)
      throws IOException {
    String name = type.split(" ")[1];
    Path work = Files.createDirectories(folder.resolve("work/" + artifact + version));
    Path source = Files.writeString(work.resolve(name + ".java"), "package sample; public " + type);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", work.toString(), source.toString()))
        .isZero();
    Path target =
        Files.createDirectories(folder.resolve("repository/sample/" + artifact + "/" + version));
    Path jar = target.resolve(artifact + "-" + version + ".jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      entries.putNextEntry(new JarEntry("sample/" + name + ".class"));
      Files.copy(work.resolve("sample/" + name + ".class"), entries);
    }
    Files.writeString(
        target.resolve(artifact + "-" + version + ".pom"),
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>sample</groupId>
        <artifactId>%s</artifactId><version>%s</version><dependencies>%s</dependencies></project>
        """
            .formatted(artifact, version, dependencies));
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
  void getsLibrariesForBothLanguagesAndExplainsVersions() {
    assertThat(run("%maven sample:top:1.0")).isEmpty();
    assertThat(output.printed())
        .contains("added 3 jars: top-1.0.jar, ")
        .contains(
            "sample:base: sample:middle:1.0 wants 2.0; 1.0 is used, because it is wanted nearer");
    assertThat(run("import sample.Base\nBase.version()")).isEqualTo("1.0");
    assertThat(run("%%java\nsample.Base.version()")).isEqualTo("1.0");
    run("%maven sample:base:2.0");
    assertThat(output.printed()).contains("1.0 stays, because classes that are loaded");
    run("%maven sample:top:1.0");
    assertThat(output.printed()).contains("nothing new");
  }

  @Test
  void loadsPiecesOfAPom() {
    run("%%loadFromPOM\n<!-- as pasted -->\n" + dependency("piece", "1.0"));
    assertThat(run("sample.Piece.simpleName")).isEqualTo("Piece");
  }

  @Test
  void saysWhichLibraryCannotBeHad() {
    assertThat(failure("x = 1\n%maven nonsense"))
        .startsWith("Cannot get nonsense: it is no Maven coordinate (cell " + count + ", line 2)")
        .contains("%maven nonsense")
        .contains("GROUP:ARTIFACT:VERSION");
    assertThat(failure("%mavenRepo one")).contains("%mavenRepo ID URL");
    assertThat(failure("%classpath /nonexistent/x.jar")).contains("Cannot find /nonexistent/x.jar");
  }

  @Test
  void runsShellCells() {
    assertThat(run("%%sh\nfor i in 1 2 3; do echo line $i; done")).isEmpty();
    assertThat(output.printed()).contains("line 1\nline 2\nline 3\n");
    assertThat(failure("%%sh\nexit 7")).startsWith("The shell ended with exit status 7 (cell");
    assertThat(failure("%%sh\n\nif fi")).contains("exit status 2");
    assertThat(output.printed()).contains("3: ").contains("yntax error");
    assertThat(failure("%%sh elsewhere\ntrue")).startsWith("Cannot run a shell at elsewhere");
  }

  @Test
  void stopsShellCells() throws Exception {
    CompletableFuture<Engine.Outcome> end =
        CompletableFuture.supplyAsync(() -> execute("%%sh\necho begun; sleep 70"));
    while (!output.printed().contains("begun")) {
      Thread.sleep(10);
    }
    engine.interrupt();
    assertThat(end.get(20, TimeUnit.SECONDS).wasInterrupted()).isTrue();
    assertThat(
            ProcessHandle.current().descendants().map(each -> each.info().commandLine().orElse("")))
        .noneMatch(line -> line.contains("sleep 70"));
  }

  @Test
  void listsAndForgetsVariables() {
    run("one = 1\ntwo = 'b'");
    run("%%java\nint three() { return 3; }\nlong four = 4;");
    assertThat(run("%who")).contains("one").contains("Integer").contains("four").contains("Long");
    run("%reset one");
    assertThat(failure("one")).startsWith("Cannot find 'one'");
    assertThat(failure("%reset tow")).contains("did you mean two?");
    run("%reset");
    assertThat(failure("%%java\nthree()")).contains("cannot find method three()");
    assertThat(failure("four")).startsWith("Cannot find 'four'");
    run("%%java\nlong four;\nint three() { return 3; }");
    assertThat(run("%%java\nthree() + four")).isEqualTo("3");
    assertThat(run("display 'still there'\n1")).isEqualTo("1");
  }

  @Test
  void loadsFilesAndNotebooks() throws IOException {
    Path java = Files.writeString(folder.resolve("a.jsh"), "int loaded = 5;\nloaded * 2");
    Path notebook =
        Files.writeString(
            folder.resolve("b.ipynb"),
            """
            {"cells": [{"cell_type": "markdown", "source": "no code"},
              {"cell_type": "code", "source": ["%time a = 1\\n", "b = 2"]},
              {"cell_type": "code", "source": "a + b + loaded"}],
             "metadata": {"kernelspec": {"language": "groovy"}}, "nbformat": 4}
            """);

    assertThat(run("%load " + java)).isEqualTo("10");
    assertThat(run("%load " + notebook)).isEqualTo("8");
    assertThat(failure("%load missing.jsh")).contains("there is no such file");
  }

  @Test
  void timesLinesAndCells() {
    assertThat(run("%time 6 * 7")).isEqualTo("42");
    assertThat(run("%%time\n%%java\nint a = 6;\na * 7")).isEqualTo("42");
    assertThat(output.printed()).contains("took ");
  }

  @Test
  void completesMagicsAndTheirArguments() {
    assertThat(engine.language().complete("%cla", 4).texts()).containsExactly("%classpath");
    assertThat(engine.language().complete("x = 1\n%%ja", 10).texts())
        .containsExactly("%%jars", "%%java");
    assertThat(engine.language().complete("%help mave", 10).texts())
        .containsExactly("maven", "mavenRepo");
    assertThat(engine.language().completeness("%%java\nint f() {").status())
        .isEqualTo("incomplete");
    assertThat(engine.language().completeness("%maven a:b:1").status()).isEqualTo("complete");
  }
}
