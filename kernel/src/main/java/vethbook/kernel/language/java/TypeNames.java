package vethbook.kernel.language.java;

import groovy.lang.GString;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How a Java cell declares a variable that holds a value: {@code Map<String, List<Integer>>}. */
final class TypeNames {
  private static final Map<Class<?>, String> PRIMITIVES =
      Map.of(
          Integer.class, "int",
          Long.class, "long",
          Double.class, "double",
          Float.class, "float",
          Short.class, "short",
          Byte.class, "byte",
          Character.class, "char",
          Boolean.class, "boolean");

  /** More specific ones first. */
  private static final List<Class<?>> CONTAINERS =
      List.of(
          List.class,
          NavigableSet.class,
          Set.class,
          NavigableMap.class,
          Map.class,
          Deque.class,
          Collection.class);

  private static final int ELEMENTS_LOOKED_AT = 100;
  private static final int DEPTH = 4;

  private final Predicate<Class<?>> isKnown;

  /**
   * Names in the light of what the compiler can see.
   *
   * @param isKnown true for a class that a cell can name
   */
  TypeNames(Predicate<Class<?>> isKnown) {
    this.isKnown = isKnown;
  }

  /** The type to declare; wrappers of primitives become primitives. */
  String of(@Nullable Object value) {
    return value == null
        ? "Object"
        : Optional.ofNullable(PRIMITIVES.get(value.getClass())).orElseGet(() -> of(value, DEPTH));
  }

  private String of(Object value, int depth) {
    if (value instanceof GString) {
      return "String";
    }
    Class<?> container =
        CONTAINERS.stream().filter(type -> type.isInstance(value)).findFirst().orElse(null);
    boolean isOrdinary = value.getClass().getName().startsWith("java.util.");
    if (container != null && (isOrdinary || !isNameable(value.getClass()))) {
      return depth == 0 ? container.getName() : container.getName() + arguments(value, depth);
    }
    return name(nameable(value.getClass()));
  }

  private String arguments(Object value, int depth) {
    return value instanceof Map<?, ?> map
        ? "<" + common(map.keySet(), depth) + ", " + common(map.values(), depth) + ">"
        : "<" + common((Collection<?>) value, depth) + ">";
  }

  private String common(Collection<?> elements, int depth) {
    List<String> types =
        elements.stream()
            .limit(ELEMENTS_LOOKED_AT)
            .filter(element -> element != null)
            .map(element -> of(element, depth - 1))
            .distinct()
            .toList();
    return types.size() == 1 ? types.get(0) : "Object";
  }

  private boolean isNameable(Class<?> type) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    if (element.isPrimitive()) {
      return true;
    }
    for (Class<?> each = element; each != null; each = each.getEnclosingClass()) {
      boolean hasName = !each.isAnonymousClass() && !each.isLocalClass() && !each.isHidden();
      if (!hasName || !isKnown.test(each)) {
        return false;
      }
    }
    return true;
  }

  /** The class itself, else what best stands for it. */
  private Class<?> nameable(Class<?> type) {
    if (isNameable(type)) {
      return type;
    }
    Class<?> parent = type.getSuperclass();
    while (parent != null && parent != Object.class && !isNameable(parent)) {
      parent = parent.getSuperclass();
    }
    if (parent != null && parent != Object.class) {
      return parent;
    }
    Deque<Class<?>> waiting = new ArrayDeque<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      waiting.addAll(Arrays.asList(each.getInterfaces()));
    }
    List<Class<?>> interfaces = new java.util.ArrayList<>();
    while (!waiting.isEmpty()) {
      Class<?> each = waiting.remove();
      interfaces.add(each);
      waiting.addAll(Arrays.asList(each.getInterfaces()));
    }
    Class<?> best = Object.class;
    for (Class<?> each : interfaces) {
      boolean isRicher =
          best == Object.class || each.getMethods().length > best.getMethods().length;
      if (isNameable(each) && isRicher) {
        best = each;
      }
    }
    return best;
  }

  private static String name(Class<?> type) {
    if (type.isArray()) {
      return name(type.getComponentType()) + "[]";
    }
    int parameters = type.getTypeParameters().length;
    String wildcards =
        parameters == 0
            ? ""
            : "<" + String.join(", ", java.util.Collections.nCopies(parameters, "?")) + ">";
    return sourceName(type) + wildcards;
  }

  /** Classes of Java cells are known by their simple names there. */
  private static String sourceName(Class<?> type) {
    String name = type.getCanonicalName();
    return name.startsWith("REPL.") ? name.replaceFirst("^REPL\\.[^.]+\\.", "") : name;
  }

  /** True for a class that code outside of its package and module can use. */
  static boolean isOpen(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && !type.isSynthetic()
        && type.getModule().isExported(type.getPackageName());
  }
}
