package vethbook.kernel.language.groovy;

import groovy.lang.Binding;
import groovy.lang.Script;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Suggestion;
import vethbook.kernel.language.Language.Completions;

/** Names that could stand at the cursor, and what they mean, found without running anything. */
final class GroovyNames {
  private static final Pattern BEFORE =
      Pattern.compile("((?:[A-Za-z_$][\\w$]*\\.)*)([A-Za-z_$][\\w$]*)?$");
  private static final Pattern AFTER = Pattern.compile("^[\\w$]*");

  private final Binding binding;
  private final Class<?> baseClass;
  private final Collection<String> constants;

  /**
   * Names that a cell knows.
   *
   * @param constants those that cells know without an import
   */
  GroovyNames(Binding binding, Class<?> baseClass, Collection<String> constants) {
    this.constants = constants;
    this.binding = binding;
    this.baseClass = baseClass;
  }

  Completions complete(String code, int cursor) {
    int at = Math.max(0, Math.min(cursor, code.length()));
    Matcher before = BEFORE.matcher(code.substring(0, at));
    before.find();
    String typed = before.group(2) == null ? "" : before.group(2);
    Collection<String> known = before.group(1).isEmpty() ? words() : members(before.group(1));
    List<Suggestion> matches =
        known.stream()
            .filter(name -> name.startsWith(typed))
            .map(name -> Suggestion.of(name, Suggestion.FUNCTION))
            .toList();
    return new Completions(matches, at - typed.length(), at);
  }

  Optional<String> inspect(String code, int cursor) {
    int at = Math.max(0, Math.min(cursor, code.length()));
    Matcher after = AFTER.matcher(code.substring(at));
    after.find();
    Matcher before = BEFORE.matcher(code.substring(0, at) + after.group());
    before.find();
    String name = before.group(2);
    if (name == null) {
      return Optional.empty();
    }
    if (before.group(1).isEmpty() && binding.hasVariable(name)) {
      Object value = binding.getVariable(name);
      String type = value == null ? "null" : value.getClass().getName();
      return Optional.of(name + ": " + type + "\n\n" + value);
    }
    Class<?> owner = before.group(1).isEmpty() ? baseClass : type(before.group(1));
    String forms =
        owner == null
            ? ""
            : Arrays.stream(owner.getMethods())
                .filter(
                    method ->
                        method.getName().equals(name) || method.getName().equals(getter(name)))
                .map(
                    method ->
                        Signatures.of(method) + " → " + method.getReturnType().getSimpleName())
                .distinct()
                .sorted()
                .collect(Collectors.joining("\n"));
    return forms.isEmpty() ? Optional.empty() : Optional.of(forms);
  }

  private static String getter(String property) {
    return "get" + property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
  }

  private Collection<String> words() {
    TreeSet<String> words = new TreeSet<>();
    for (Object name : binding.getVariables().keySet()) {
      words.add(name.toString());
    }
    words.addAll(properties(baseClass));
    words.addAll(constants);
    for (Method method : baseClass.getMethods()) {
      boolean isWord =
          method.getDeclaringClass() != Object.class
              && !Script.class.equals(method.getDeclaringClass())
              && !groovy.lang.GroovyObject.class.isAssignableFrom(method.getReturnType())
              && !isAccessor(method);
      if (isWord) {
        words.add(method.getName());
      }
    }
    words.addAll(List.of("println", "print"));
    return words;
  }

  private Collection<String> members(String path) {
    Class<?> type = type(path);
    return type == null ? List.of() : members(type);
  }

  /** The type of {@code a.b.}: of the variable's value, then of getters' return types. */
  private @Nullable Class<?> type(String path) {
    String[] names = path.split("\\.");
    Object value = binding.hasVariable(names[0]) ? binding.getVariable(names[0]) : null;
    Class<?> type = value == null ? returned(baseClass, names[0]) : value.getClass();
    for (int i = 1; i < names.length && type != null; i++) {
      type = returned(type, names[i]);
    }
    return type;
  }

  private static @Nullable Class<?> returned(Class<?> owner, String property) {
    return Arrays.stream(owner.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .filter(
            method ->
                method.getName().equals(getter(property)) || method.getName().equals(property))
        .map(Method::getReturnType)
        .findFirst()
        .orElse(null);
  }

  /** Methods and properties of a type. */
  static Collection<String> members(Class<?> type) {
    TreeSet<String> names = new TreeSet<>(properties(type));
    for (Method method : type.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())
          && method.getDeclaringClass() != Object.class
          && !isAccessor(method)
          && !method.getName().contains("$")) {
        names.add(method.getName());
      }
    }
    return names;
  }

  /** Names of getters without {@code get}. */
  static Collection<String> properties(@Nullable Class<?> type) {
    TreeSet<String> names = new TreeSet<>();
    for (Method method : type == null ? new Method[0] : type.getMethods()) {
      if (isAccessor(method)
          && !List.of("getClass", "getMetaClass", "getBinding").contains(method.getName())) {
        String name = method.getName().substring(3);
        names.add(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
      }
    }
    return names;
  }

  private static boolean isAccessor(Method method) {
    return method.getName().matches("get[A-Z].*")
        && method.getParameterCount() == 0
        && !Modifier.isStatic(method.getModifiers());
  }
}
