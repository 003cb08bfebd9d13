package vethbook.kernel.command;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Handles SIGINT and SIGTERM. The JDK's class for it (sun.misc.Signal, module jdk.unsupported) is
 * reached by reflection, because the compiler warns of it in a way that cannot be answered.
 */
final class Signals {
  private Signals() {}

  /**
   * Runs a task at each arrival of a signal.
   *
   * @param name such as {@code INT}
   */
  static void on(String name, Runnable task) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  task.run();
                }
                return method.getName().equals("hashCode") ? (Object) 0 : null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException("this Java cannot handle SIG" + name, e);
    }
  }
}
