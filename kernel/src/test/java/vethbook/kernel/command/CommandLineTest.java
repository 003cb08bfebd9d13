package vethbook.kernel.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandLineTest {
  /** What a command line prints as its error. */
  private static String error(int status, String... arguments) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThat(Main.run(arguments)).isEqualTo(status);
    } finally {
      System.setErr(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rnu            | There is no command 'rnu'.        | did you mean run?",
        "instal         | There is no command 'instal'.     | did you mean install?",
        "--verison      | There is no option --verison of 'vethbook'. | did you mean --version?",
        "run x --tmeout=1 | There is no option --tmeout of 'vethbook run'. | did you mean"
            + " --timeout?",
        "install here   | 'vethbook install' does not take 'here'. | 'vethbook install --help'",
        "run            | Missing required parameter        | 'vethbook run --help'"
      })
  void saysWhatIsWrongAndWhatNext(String line, String problem, String next) {
    assertThat(error(2, line.trim().split(" ")))
        .startsWith(problem)
        .contains("\n  next:  ")
        .contains(next)
        .doesNotContain("Usage:");
  }

  @Test
  void saysWhereItMayNotInstall(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(error(2, "install", "--prefix", file.toString())).startsWith("Cannot write " + file);
    List<String> names = new ArrayList<>();
    try (var found = Files.list(directory)) {
      found.forEach(each -> names.add(each.getFileName().toString()));
    }
    assertThat(names).containsExactly("file");
  }
}
