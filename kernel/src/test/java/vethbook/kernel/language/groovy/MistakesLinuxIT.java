package vethbook.kernel.language.groovy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What newcomers get wrong, and what they are told: {@code mistakes.txt} holds cells and answers.
 * {@code …} there stands for any text, where answers list what grows with the words.
 */
class MistakesLinuxIT {
  private static final WordsOfTheLab LAB = new WordsOfTheLab();

  @BeforeAll
  static void build() throws Throwable {
    LAB.run(
        """
        client = netns 'client'; server = netns 'server'
        vethPair client.eth0, server.eth0, subnet: '10.0.0.0/24'
        r = 5\
        """);
  }

  @AfterAll
  static void close() {
    LAB.close();
  }

  @TestFactory
  Stream<DynamicTest> saysWhatIsWrongAndWhatToWrite() throws IOException {
    List<String> all = Arrays.asList(text().strip().split("\n====\n"));
    assertThat(all).hasSizeGreaterThan(50);
    return all.stream()
        .map(each -> each.split("\n----\n", 2))
        .map(each -> DynamicTest.dynamicTest(each[0], () -> check(each[0], each[1])));
  }

  private static void check(String cell, String expected) {
    String told = LAB.error(cell).replaceAll("\\(cell \\d+, ", "(");
    String pattern =
        Arrays.stream(expected.split("…", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));

    assertThat(told).matches(Pattern.compile(pattern, Pattern.DOTALL));
  }

  @Test
  void tellsTheCauseOfAProgramsErrorWithoutTheMachinery() {
    assertThat(LAB.error("throw new IllegalStateException('outer', new IOException('inner'))"))
        .startsWith("IllegalStateException: outer (cell ")
        .contains("caused by java.io.IOException: inner")
        .doesNotContain("codehaus")
        .doesNotContain("vethbook.kernel");
  }

  @Test
  void namesThePlaceOfAnErrorFromAnotherThread() {
    assertThat(LAB.error("1\nclient.sysctl 'net.nothing', 1")).contains("line 2");
  }

  @Test
  void survivesEndlessRecursion() {
    assertThat(LAB.error("def deep(int n) { deep(n + 1) }\ndeep(0)"))
        .contains("StackOverflowError")
        .contains("calls nest too deep");
  }

  private static String text() throws IOException {
    try (InputStream in = MistakesLinuxIT.class.getResourceAsStream("mistakes.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
