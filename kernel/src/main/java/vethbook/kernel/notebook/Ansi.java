package vethbook.kernel.notebook;

import java.util.regex.Pattern;

/** Terminal colours in tracebacks. */
final class Ansi {
  private static final Pattern CODE = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

  private Ansi() {}

  static String strip(String text) {
    return CODE.matcher(text).replaceAll("");
  }
}
