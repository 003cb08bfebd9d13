package vethbook.kernel.maven;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a POM of pieces, as they are found in a library's instructions. */
public final class PomText {
  private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->|<\\?.*?\\?>");
  private static final Pattern MANAGEMENT =
      Pattern.compile("(?s)<dependencyManagement>.*?</dependencyManagement>");
  private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>.*?</dependency>");
  private static final Pattern REPOSITORY = Pattern.compile("(?s)<repository>.*?</repository>");
  private static final Pattern PROPERTIES = Pattern.compile("(?s)<properties>.*?</properties>");

  private PomText() {}

  /** A text with a {@code <project>} as it is, else a project with the pieces that the text has. */
  public static String complete(String text) {
    String bare = COMMENT.matcher(text).replaceAll("").strip();
    if (bare.startsWith("<project")) {
      return bare;
    }
    String management = all(MANAGEMENT, bare);
    String rest = MANAGEMENT.matcher(bare).replaceAll("");
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>vethbook.notebook</groupId><artifactId>pom</artifactId><version>1</version>
        <packaging>pom</packaging>
        %s
        %s
        <repositories>%s</repositories>
        <dependencies>%s</dependencies>
        </project>
        """
        .formatted(all(PROPERTIES, rest), management, all(REPOSITORY, rest), all(DEPENDENCY, rest));
  }

  private static String all(Pattern piece, String text) {
    StringBuilder found = new StringBuilder();
    Matcher matcher = piece.matcher(text);
    while (matcher.find()) {
      found.append(matcher.group()).append('\n');
    }
    return found.toString();
  }
}
