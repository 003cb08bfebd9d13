package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import vethbook.vm.NeedsLinux;

/** The cells of the module's README run as they stand, and it names every word. */
class ReadmeLinuxIT {
  private static final Pattern MORE =
      Pattern.compile("needs\\('(ipvlan|vlan|ipip|gre|dummy|netkit|netem)'\\)");

  /** What a cell writes down. */
  private static final Pattern FILE = Pattern.compile("save.*?'(/tmp/[^']+)'");

  private static final Pattern BLOCK = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> eachCellRunsTwice() throws IOException {
    return cells().map(cell -> DynamicTest.dynamicTest(title(cell), () -> runTwice(cell)));
  }

  @Test
  @NeedsLinux({"ipvlan", "netem"})
  void eachCellThatNeedsMoreRunsTwiceOnAnotherLinux() throws IOException {
    List<String> needy = cells().filter(cell -> MORE.matcher(cell).find()).toList();
    assertThat(needy).isNotEmpty();
    needy.forEach(ReadmeLinuxIT::runTwice);
  }

  private static void runTwice(String text) {
    try {
      check(text);
    } finally {
      FILE.matcher(text).results().forEach(file -> new File(file.group(1)).delete());
    }
  }

  private static void check(String text) {
    try (Cells cells = new Cells()) {
      cells.run(text);
      List<String> commands = cells.session().lab().commands();
      cells.run(text);
      // a route taken away and said again, a device set down and up: those lines stay
      List<String> more = cells.session().lab().commands();
      assertThat(more.subList(commands.size(), more.size()))
          .allMatch(
              line ->
                  line.matches(
                      ".* link set dev wan (up|down)|.* link set dev (wan|eth0) name .*|.* route"
                          + " (del|replace) default .*|# .*"));
    }
  }

  @Test
  void theReadmeNamesEveryWord() throws IOException {
    String text = Files.readString(readme());
    List<String> words =
        Arrays.stream(LabScript.class.getMethods())
            .filter(
                method ->
                    method.getDeclaringClass().getPackage().equals(LabScript.class.getPackage()))
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .map(Method::getName)
            .map(
                name ->
                    name.startsWith("get")
                        ? java.beans.Introspector.decapitalize(name.substring(3))
                        : name)
            .distinct()
            .toList();

    assertThat(words)
        .hasSizeGreaterThan(30)
        .allMatch(word -> text.contains(word), "is in the README");
  }

  static Stream<String> cells() throws IOException {
    return BLOCK
        .matcher(Files.readString(readme()))
        .results()
        .map(match -> match.group(1))
        .toList()
        .stream();
  }

  /** Found by the classes: the working directory differs, in a virtual machine for one. */
  private static Path readme() {
    try {
      URI classes = ReadmeLinuxIT.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(classes).resolve("../../README.md").normalize();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static String title(String cell) {
    return cell.lines().skip(2).findFirst().orElse(cell);
  }
}
