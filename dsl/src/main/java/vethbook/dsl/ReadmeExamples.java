package vethbook.dsl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Examples of words: the lines of the cells in the module's README, which the tests run. */
final class ReadmeExamples {
  private static final Pattern CELL = Pattern.compile("```groovy\\n(.*?)```", Pattern.DOTALL);

  private ReadmeExamples() {}

  /** The first statement that uses a word, without its comment. */
  static Optional<String> of(String word) {
    Pattern use = Pattern.compile("(?<![\\w'])" + Pattern.quote(word) + "(?![\\w':])");
    return Statements.ALL.stream()
        .filter(statement -> use.matcher(statement).find())
        .findFirst()
        .map(String::strip);
  }

  /** Read when the first example is asked for. */
  private static final class Statements {
    static final List<String> ALL = read();

    private static List<String> read() {
      List<String> all = new ArrayList<>();
      Matcher cell = CELL.matcher(readme());
      while (cell.find()) {
        StringBuilder statement = new StringBuilder();
        for (String line : cell.group(1).split("\n")) {
          String code = line.replaceFirst("\\s+//.*", "");
          statement.append(statement.isEmpty() ? "" : "\n").append(code);
          if (!code.endsWith(",") && !code.endsWith("{")) {
            all.add(statement.toString());
            statement.setLength(0);
          }
        }
      }
      return all;
    }

    private static String readme() {
      try (InputStream in = ReadmeExamples.class.getResourceAsStream("README.md")) {
        byte[] text = Objects.requireNonNull(in, "README.md is not in the jar").readAllBytes();
        return new String(text, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read README.md", e);
      }
    }
  }
}
