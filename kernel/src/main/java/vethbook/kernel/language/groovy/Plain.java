package vethbook.kernel.language.groovy;

import groovy.lang.Closure;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Types and values in the words of someone who does not know Java. */
final class Plain {
  private static final int LONGEST = 40;
  private static final int MOST_CONSTANTS = 8;

  private Plain() {}

  /** What a parameter of this type takes. */
  static String type(Class<?> type) {
    Class<?> boxed = Known.boxed(type);
    if (CharSequence.class.isAssignableFrom(boxed)) {
      return "text";
    }
    if (boxed == Boolean.class) {
      return "true or false";
    }
    if (Number.class.isAssignableFrom(boxed)) {
      return "number";
    }
    if (Closure.class.isAssignableFrom(boxed)) {
      return "{ block }";
    }
    if (Map.class.isAssignableFrom(boxed)) {
      return "map";
    }
    if (Collection.class.isAssignableFrom(boxed) || boxed.isArray()) {
      return "list";
    }
    if (boxed == Object.class) {
      return "value";
    }
    if (boxed.isEnum()) {
      Object[] all = boxed.getEnumConstants();
      if (all.length <= MOST_CONSTANTS) {
        return Arrays.stream(all).map(String::valueOf).collect(Collectors.joining("|"));
      }
    }
    String name = boxed.getSimpleName();
    return name.isEmpty() ? boxed.getName() : name;
  }

  /** With its article: {@code an ArrayList}. */
  static String aType(Class<?> type) {
    String name = type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
    boolean isVowel = "aeio".indexOf(name.toLowerCase(Locale.ROOT).charAt(0)) >= 0;
    return (isVowel ? "an " : "a ") + name;
  }

  /** A value that was given: {@code the text 'client'}. */
  static String value(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof CharSequence text) {
      return "the text '" + cut(text.toString()) + "'";
    }
    if (value instanceof Closure<?>) {
      return "a { block }";
    }
    if (value instanceof Class<?> type) {
      return "the type " + type.getSimpleName();
    }
    if (value instanceof Map<?, ?> map) {
      return cut(
          map.entrySet().stream()
              .map(each -> each.getKey() + ": " + bare(each.getValue()))
              .collect(Collectors.joining(", ")));
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof Collection<?>) {
      return cut(bare(value));
    }
    String text = bare(value);
    String type = type(value.getClass());
    return text.toLowerCase(Locale.ROOT).startsWith(type.toLowerCase(Locale.ROOT))
        ? cut(text)
        : aType(value.getClass()) + " (" + cut(text) + ")";
  }

  private static String bare(@Nullable Object value) {
    return value instanceof CharSequence ? "'" + value + "'" : String.valueOf(value);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** A call of a method as one would write it: {@code vethPair Device a, Device b, mtu: ...}. */
  static String call(Method method) {
    List<String> parts = new ArrayList<>();
    List<String> named = new ArrayList<>();
    for (Parameter parameter : Signatures.parameters(method)) {
      NamedParams names = parameter.getAnnotation(NamedParams.class);
      if (names != null) {
        Arrays.stream(names.value()).map(NamedParam::value).forEach(each -> named.add(each + ":"));
      } else if (parameter.isVarArgs()) {
        parts.add(type(parameter.getType().getComponentType()) + "...");
      } else {
        String type = type(parameter.getType());
        boolean isSaid = !parameter.isNamePresent() || type.startsWith("{");
        parts.add(type + (isSaid ? "" : " " + parameter.getName()));
      }
    }
    parts.addAll(named);
    return method.getName() + "(" + String.join(", ", parts) + ")";
  }
}
