package vethbook.kernel.session;

import java.util.List;

/** What a thread is waiting for, as far as its stack tells. */
final class Blocked {
  private static final List<String> JDK = List.of("java.", "jdk.", "sun.", "javax.");

  /** What calls on behalf of a cell's own code; other callers are libraries, with own clean-up. */
  private static final List<String> CELLS =
      List.of("cell_", "REPL.", "groovy.", "org.codehaus.groovy.", "org.apache.groovy.");

  private static final List<String> NETWORK = List.of("sun.nio.ch.", "java.net.");

  private Blocked() {}

  /** Whether a cell waits for a program that it has started itself, or for its output. */
  static boolean isOnProcess(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      String name = frame.getClassName();
      if (name.startsWith("java.lang.Process") || name.endsWith(".ProcessGroovyMethods")) {
        return isOfCell(stack);
      }
    }
    return isFileRead(stack) && isOfCell(stack);
  }

  /** Whether a cell is in a read or write that no interrupt ends. */
  static boolean isInputOutputOfCell(StackTraceElement[] stack) {
    return stack.length > 0 && (isFileRead(stack) || isNetworkCall(stack)) && isOfCell(stack);
  }

  private static boolean isFileRead(StackTraceElement[] stack) {
    return stack.length > 0
        && stack[0].isNativeMethod()
        && stack[0].getClassName().startsWith("java.io.");
  }

  private static boolean isNetworkCall(StackTraceElement[] stack) {
    String name = stack[0].getClassName();
    return stack[0].isNativeMethod() && NETWORK.stream().anyMatch(name::startsWith);
  }

  private static boolean isOfCell(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      String name = frame.getClassName();
      if (JDK.stream().noneMatch(name::startsWith)) {
        return CELLS.stream().anyMatch(name::startsWith);
      }
    }
    return false;
  }

  /** The innermost frame, for people. */
  static String place(StackTraceElement[] stack) {
    return stack.length == 0
        ? "nowhere"
        : stack[0].getClassName().replaceFirst(".*[.]", "") + "." + stack[0].getMethodName();
  }
}
