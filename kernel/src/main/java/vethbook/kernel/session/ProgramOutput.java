package vethbook.kernel.session;

import java.io.IOException;
import java.util.Locale;

/**
 * Says when {@link ChildOutput} begins: the library that it needs takes a while to load, and the
 * first cell waits for it only if it is about to start a program that has use for it.
 */
final class ProgramOutput {
  /** In {@code inheritIO()} and {@code Redirect.INHERIT}. */
  private static final String NEED = "inherit";

  private final StreamBuffer buffer;
  private boolean isBegun;

  ProgramOutput(StreamBuffer buffer) {
    this.buffer = buffer;
  }

  /** Called before each cell. */
  void before(String code) {
    if (code.toLowerCase(Locale.ROOT).contains(NEED)) {
      begin();
    }
  }

  /** Called after each cell. */
  void after() {
    if (!hasBegun()) {
      Thread thread = new Thread(this::begin, "program output");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private synchronized boolean hasBegun() {
    return isBegun;
  }

  private synchronized void begin() {
    if (isBegun) {
      return;
    }
    isBegun = true;
    try {
      buffer.addSource(ChildOutput.into(buffer)::drain);
    } catch (IOException | LinkageError e) {
      KernelServer.log("what programs print with inheritIO is not shown in cells: " + e);
    }
  }
}
