package vethbook.linux.process;

import java.util.List;

/** What a JVM that a test starts is told besides, so that it says nothing of its own. */
public final class ChildJvm {
  private static final int WARNS_SINCE = 24;

  private ChildJvm() {}

  /** Newer JDKs warn of native code and of direct memory. */
  public static List<String> options() {
    return Runtime.version().feature() < WARNS_SINCE
        ? List.of("-XX:+UseSerialGC")
        : List.of(
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
  }
}
