package vethbook.kernel.notebook;

import java.util.regex.Pattern;

/** Terminal colours in tracebacks. */
public final class Ansi {
  private static final Pattern CODE = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

  private Ansi() {}

  /** The text without them. */
  public static String strip(String text) {
    return CODE.matcher(text).replaceAll("");
  }
}
