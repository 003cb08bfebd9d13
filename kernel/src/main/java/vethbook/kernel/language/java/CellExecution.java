package vethbook.kernel.language.java;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * Runs what JShell has compiled, on the thread that asks for it, and keeps what it returned or
 * threw as it is.
 */
final class CellExecution extends DirectExecutionControl {
  private final ReentrantLock jshell;
  private @Nullable Object result;
  private @Nullable Throwable thrown;

  /**
   * Executes the classes.
   *
   * @param jshell held by whoever uses JShell, which is not thread-safe; given back while a cell's
   *     own code runs
   */
  CellExecution(SnippetClasses classes, ReentrantLock jshell) {
    super(classes);
    this.jshell = jshell;
  }

  ExecutionControlProvider provider() {
    return new Provider(this);
  }

  void forget() {
    result = null;
    thrown = null;
  }

  /** What the last snippet that ran returned. */
  @Nullable Object result() {
    return result;
  }

  /** What the last snippet that ran threw; null when it ended well. */
  @Nullable Throwable thrown() {
    return thrown;
  }

  @Override
  protected String invoke(Method method) throws Exception {
    Object returned = null;
    Throwable end = null;
    jshell.unlock();
    try {
      returned = method.invoke(null);
    } catch (InvocationTargetException e) {
      end = e.getCause();
      throw e;
    } finally {
      jshell.lock();
      result = returned;
      thrown = end;
    }
    return ""; // JShell's text of the result is not used
  }

  @Override
  public String varValue(String className, String name) {
    return "";
  }

  private record Provider(ExecutionControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "vethbook";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, java.util.Map<String, String> parameters) {
      return control;
    }
  }
}
