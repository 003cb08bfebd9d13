package vethbook.packet;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vethbook.extension.UserException;

/** What a program threw, in one or a few lines, and which line of which cell did. */
public final class ThrownText {
  private static final Pattern CELL_FILE = Pattern.compile("cell_(\\d+)\\.groovy");

  private ThrownText() {}

  /** {@code java.lang.IllegalStateException: no (cell 3, line 2)}. */
  public static String of(Throwable thrown) {
    String place =
        Arrays.stream(thrown.getStackTrace()).flatMap(ThrownText::cell).findFirst().orElse("");
    if (thrown instanceof UserException user) {
      return user.describe(place);
    }
    return place.isEmpty() ? thrown.toString() : thrown + " (" + place + ")";
  }

  private static Stream<String> cell(StackTraceElement frame) {
    Matcher file = CELL_FILE.matcher(String.valueOf(frame.getFileName()));
    return file.matches()
        ? Stream.of("cell " + file.group(1) + ", line " + frame.getLineNumber())
        : Stream.empty();
  }
}
