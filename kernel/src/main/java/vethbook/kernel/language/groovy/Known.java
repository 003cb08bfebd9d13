package vethbook.kernel.language.groovy;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an expression without running it.
 *
 * @param type its class; for {@code isStatic} the class that it names
 * @param generic its type with parameters; null when not known
 * @param value the object itself; null when not known
 */
record Known(Class<?> type, @Nullable Type generic, @Nullable Object value, boolean isStatic) {
  static Known ofValue(Object value) {
    return new Known(value.getClass(), null, value, false);
  }

  static Known ofType(Class<?> type) {
    return new Known(boxed(type), null, null, false);
  }

  static Known ofClass(Class<?> type) {
    return new Known(type, null, null, true);
  }

  static Known returned(Class<?> type, Type generic) {
    return new Known(boxed(type), generic, null, false);
  }

  static Class<?> boxed(Class<?> type) {
    return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
  }

  /** What its elements are: of a list by its first one, of a map its entries. */
  @Nullable Known element() {
    if (value instanceof List<?> list && isOfJdk(value) && !list.isEmpty()) {
      Object first = list.get(0);
      return first == null ? null : ofValue(first);
    }
    if (value instanceof Object[] array && array.length > 0 && array[0] != null) {
      return ofValue(array[0]);
    }
    if (Map.class.isAssignableFrom(type)) {
      return ofType(Map.Entry.class);
    }
    if (type.isArray()) {
      return ofType(type.getComponentType());
    }
    if (value instanceof List<?> || !Iterable.class.isAssignableFrom(type)) {
      return null;
    }
    if (generic instanceof ParameterizedType parameterized
        && parameterized.getActualTypeArguments().length == 1) {
      Type argument = parameterized.getActualTypeArguments()[0];
      Type bound = argument instanceof WildcardType any ? any.getUpperBounds()[0] : argument;
      return bound instanceof Class<?> known ? ofType(known) : null;
    }
    return null;
  }

  /** Whether asking the object does what the JDK says, and nothing else. */
  static boolean isOfJdk(Object value) {
    return value.getClass().getClassLoader() == null;
  }
}
