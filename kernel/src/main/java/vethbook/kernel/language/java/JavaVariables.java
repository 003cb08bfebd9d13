package vethbook.kernel.language.java;

import groovy.lang.GString;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the variables of Java cells and those that all languages share the same: looked at before
 * and after each cell. A Java variable has a type; a shared one gets a declaration in Java when a
 * Java cell names it, and another one when it holds what its type does not allow.
 */
final class JavaVariables {
  private static final Pattern TEXTS =
      Pattern.compile(
          "\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])*'|//[^\n]*|/\\*(?s:.*?)\\*/");
  private static final Pattern NAME = Pattern.compile("(?<![\\w$.])[A-Za-z_$][\\w$]*");
  private static final Pattern MEMBER_ACCESS = Pattern.compile("\\.\\s+");

  private final Map<String, Object> shared;
  private final Predicate<String> isShared;
  private final TypeNames types;
  private final BiConsumer<String, String> declare;

  /** What each variable held when it was last the same in Java and outside. */
  private final Map<String, @Nullable Object> seen = new HashMap<>();

  /** The types of what was declared here and not by a cell. */
  private final Map<String, String> declared = new HashMap<>();

  /**
   * Variables of one notebook.
   *
   * @param isShared false for what other languages keep there for themselves
   * @param declare declares a Java variable of a type and a name
   */
  JavaVariables(
      Map<String, Object> shared,
      Predicate<String> isShared,
      TypeNames types,
      BiConsumer<String, String> declare) {
    this.shared = shared;
    this.isShared = isShared;
    this.types = types;
    this.declare = declare;
  }

  /** Where Java keeps its variables now. */
  interface Fields {
    Map<String, Field> byName();
  }

  /** Before a cell: what has changed outside gets into Java's variables. */
  void give(String code, Fields fields) {
    Map<String, Field> known = fields.byName();
    Set<String> named = names(code);
    boolean isNew = false;
    Map<String, Object> all;
    synchronized (shared) { // others may be at work
      all = new LinkedHashMap<>(shared);
    }
    for (Map.Entry<String, Object> each : all.entrySet()) {
      String name = each.getKey();
      if (!isShared.test(name) || !SourceVersion.isName(name)) {
        continue;
      }
      Object value = each.getValue() instanceof GString text ? text.toString() : each.getValue();
      Field field = known.get(name);
      if (named.contains(name) && !fits(name, value, field)) {
        String type = types.of(value);
        declare.accept(type, name);
        declared.put(name, type);
        seen.remove(name);
        isNew = true;
      }
    }
    set(isNew ? fields.byName() : known);
  }

  private void set(Map<String, Field> fields) {
    fields.forEach(
        (name, field) -> {
          if (!shared.containsKey(name) || !isShared.test(name)) {
            return;
          }
          Object outside = shared.get(name);
          Object value = outside instanceof GString text ? text.toString() : outside;
          boolean isKnown = seen.containsKey(name) && same(seen.get(name), value);
          if (!isKnown && holds(field.getType(), value)) {
            write(field, value);
            seen.put(name, value);
          }
        });
  }

  /** Whether Java's variable can hold the value and, if it was declared here, still should. */
  private boolean fits(String name, @Nullable Object value, @Nullable Field field) {
    if (field == null || !holds(field.getType(), value)) {
      return false;
    }
    String type = declared.get(name);
    boolean isUnchanged = seen.containsKey(name) && same(seen.get(name), value);
    return type == null || isUnchanged || value == null || type.equals(types.of(value));
  }

  private static boolean holds(Class<?> type, @Nullable Object value) {
    return value == null
        ? !type.isPrimitive()
        : java.lang.invoke.MethodType.methodType(type).wrap().returnType().isInstance(value);
  }

  /** After a cell: what has changed in Java gets outside. */
  void take(Fields fields) {
    Map<String, Field> known = fields.byName();
    known.forEach(
        (name, field) -> {
          Object value = read(field);
          if (!seen.containsKey(name) || !same(seen.get(name), value)) {
            shared.put(name, value);
            seen.put(name, value);
          }
        });
    Set<String> gone = new HashSet<>(seen.keySet());
    gone.removeAll(known.keySet());
    gone.forEach(seen::remove);
    declared.keySet().retainAll(known.keySet());
  }

  private static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a == b) {
      return true;
    }
    boolean isValue =
        a instanceof Number
            || a instanceof Boolean
            || a instanceof Character
            || a instanceof String;
    return isValue && a != null && b != null && a.getClass() == b.getClass() && a.equals(b);
  }

  private static @Nullable Object read(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a cell's variable cannot be read", e);
    }
  }

  /** Gives a variable the value that it has without an initializer. */
  static void clear(Field field) {
    write(
        field,
        java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(field.getType(), 1), 0));
  }

  private static void write(Field field, @Nullable Object value) {
    try {
      field.set(null, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a cell's variable cannot be written", e);
    }
  }

  /** Names that a text uses, but for those after a dot and those in strings and comments. */
  static Set<String> names(String code) {
    String bare = TEXTS.matcher(code).replaceAll(" ");
    Matcher matcher = NAME.matcher(MEMBER_ACCESS.matcher(bare).replaceAll("."));
    Set<String> names = new HashSet<>();
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }
}
