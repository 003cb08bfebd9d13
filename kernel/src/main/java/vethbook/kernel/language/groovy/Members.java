package vethbook.kernel.language.groovy;

import groovy.lang.GroovyObject;
import groovy.lang.MetaClass;
import groovy.lang.MetaMethod;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.codehaus.groovy.reflection.CachedMethod;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.metaclass.ReflectionMetaMethod;
import org.jspecify.annotations.Nullable;

/**
 * Methods and properties of types as Groovy sees them: with those that Groovy and extension modules
 * add. Nothing is called.
 */
final class Members {
  /** Methods by class; classes of cells come and go with their loaders, so they are not kept. */
  private static final Map<Class<?>, List<Method>> FOUND = new ConcurrentHashMap<>();

  private static final List<Method> GROOVYS = groovys();

  private Members() {}

  /**
   * All methods, the class's own first, then those of extension modules, then Groovy's. Those that
   * are added have the object as their first parameter.
   */
  static List<Method> of(Class<?> type) {
    boolean isOfCell = type.getClassLoader() instanceof groovy.lang.GroovyClassLoader.InnerLoader;
    return isOfCell ? find(type) : FOUND.computeIfAbsent(type, Members::find);
  }

  private static List<Method> find(Class<?> type) {
    List<Method> own = new ArrayList<>();
    for (Method method : type.getMethods()) {
      boolean isShown =
          !method.isSynthetic()
              && method.getDeclaringClass() != Object.class
              && method.getDeclaringClass() != GroovyObject.class
              && !isPlumbing(method)
              && !method.getName().contains("$");
      if (isShown) {
        own.add(method);
      }
    }
    MetaClass meta = InvokerHelper.getMetaClass(type);
    for (MetaMethod each : meta.getMetaMethods()) {
      Method method = reflected(each);
      if (method != null && method.getParameterCount() > 0) {
        own.add(method);
      }
    }
    for (Method method : GROOVYS) {
      if (method.getParameterTypes()[0].isAssignableFrom(type)) {
        own.add(method);
      }
    }
    return own;
  }

  /** The methods that Groovy's own library adds to the JDK's types. */
  private static List<Method> groovys() {
    List<Method> all = new ArrayList<>();
    for (Class<?> library : DefaultGroovyMethods.DGM_LIKE_CLASSES) {
      for (Method method : library.getMethods()) {
        boolean isOffered =
            Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() > 0
                && !method.isAnnotationPresent(Deprecated.class);
        if (isOffered) {
          all.add(method);
        }
      }
    }
    return all;
  }

  private static @Nullable Method reflected(MetaMethod method) {
    if (method instanceof CachedMethod cached) {
      return cached.getCachedMethod();
    }
    return method instanceof ReflectionMetaMethod added
            && added.getCachedMethod() instanceof CachedMethod cached
        ? cached.getCachedMethod()
        : null;
  }

  /** What each Groovy class gets from the compiler. */
  private static boolean isPlumbing(Method method) {
    return List.of("getMetaClass", "setMetaClass", "invokeMethod", "getProperty", "setProperty")
        .contains(method.getName());
  }

  /** Whether Groovy's own library adds the method. */
  static boolean isGroovys(Method method) {
    String name = method.getDeclaringClass().getName();
    return name.startsWith("org.codehaus.groovy.") || name.startsWith("org.apache.groovy.");
  }

  /** Whether a method is added to its first parameter's type from outside. */
  static boolean isAdded(Method method, Class<?> type) {
    return Modifier.isStatic(method.getModifiers())
        && !method.getDeclaringClass().isAssignableFrom(type);
  }

  static List<Method> methods(Class<?> type, String name) {
    return of(type).stream().filter(method -> method.getName().equals(name)).toList();
  }

  /** The method that {@code x.name} calls; null for none. */
  static @Nullable Method getter(Class<?> type, String property) {
    for (Method method : of(type)) {
      if (property.equals(property(method, type))) {
        return method;
      }
    }
    return null;
  }

  /** The property that a method is the getter of; null for none. */
  static @Nullable String property(Method method, Class<?> type) {
    int own = isAdded(method, type) ? 1 : 0;
    String name = method.getName();
    boolean isStatic = Modifier.isStatic(method.getModifiers()) && own == 0;
    if (method.getParameterCount() != own || isStatic || method.getReturnType() == void.class) {
      return null;
    }
    boolean isFlag = method.getReturnType() == boolean.class && name.matches("is[A-Z].*");
    if (!isFlag && !name.matches("get[A-Z].*")) {
      return null;
    }
    String rest = name.substring(isFlag ? 2 : 3);
    return rest.length() > 1 && Character.isUpperCase(rest.charAt(1))
        ? rest
        : rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1);
  }

  static @Nullable Field field(Class<?> type, String name) {
    return Arrays.stream(type.getFields())
        .filter(field -> field.getName().equals(name))
        .findFirst()
        .orElse(null);
  }
}
