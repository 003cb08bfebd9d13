package vethbook.kernel.display;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object's properties, where these say more than its text: those of a record, and the fields
 * with a getter of a class that has no {@code toString} of its own.
 */
final class Bean {
  /** Whose objects are not looked into. */
  private static final List<String> CLOSED =
      List.of("java.", "javax.", "jdk.", "sun.", "groovy.", "org.codehaus.groovy.", "vethbook.");

  private Bean() {}

  /** Names and values; null for what is no bean. */
  static @Nullable Map<String, @Nullable Object> properties(Object value) {
    if (value instanceof Record) {
      return ofRecord(value);
    }
    Class<?> type = value.getClass();
    if (CLOSED.stream().anyMatch(type.getName()::startsWith) || type.isHidden() || hasText(type)) {
      return null;
    }
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    addFields(type, value, found);
    return found.isEmpty() ? null : found;
  }

  private static boolean hasText(Class<?> type) {
    try {
      String owner = type.getMethod("toString").getDeclaringClass().getName();
      return !owner.equals("java.lang.Object") && !owner.equals("groovy.lang.GroovyObjectSupport");
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every object has a toString", e);
    }
  }

  private static Map<String, @Nullable Object> ofRecord(Object value) {
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      found.put(component.getName(), read(component.getAccessor(), value));
    }
    return found;
  }

  /** Those of superclasses first. */
  private static void addFields(Class<?> type, Object value, Map<String, @Nullable Object> found) {
    if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
      addFields(type.getSuperclass(), value, found);
    }
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) {
        continue;
      }
      Method getter = getter(value.getClass(), field);
      if (getter != null) {
        found.put(field.getName(), read(getter, value));
      } else if (Modifier.isPublic(field.getModifiers())) {
        found.put(field.getName(), read(field, value));
      }
    }
  }

  private static @Nullable Method getter(Class<?> type, Field field) {
    String name = field.getName();
    String rest = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    for (Method method : type.getMethods()) {
      boolean isNamed =
          method.getName().equals("get" + rest)
              || (method.getName().equals("is" + rest) && field.getType() == boolean.class);
      if (isNamed
          && method.getParameterCount() == 0
          && method.getReturnType() == field.getType()
          && !method.getName().equals("getMetaClass")) {
        return method;
      }
    }
    return null;
  }

  private static @Nullable Object read(Method getter, Object value) {
    try {
      getter.setAccessible(true);
      return getter.invoke(value);
    } catch (InvocationTargetException e) {
      return "(" + e.getCause() + ")";
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot read " + getter.getName(), e);
    }
  }

  private static @Nullable Object read(Field field, Object value) {
    try {
      field.setAccessible(true);
      return field.get(value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot read " + field.getName(), e);
    }
  }
}
