package vethbook.extension.doc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The documentation comments that {@link DocProcessor} has kept.
 *
 * <p>A method whose comment refers with {@code @see Type#method} to another one's has that one's
 * options and examples too, and an option that a comment leaves out is looked up in the comment of
 * the methods of its name, and of its type, where options stand that several words share.
 */
public final class Docs {
  private static final Pattern REFERENCE =
      Pattern.compile("(?m)^\\s*@see\\s+(\\w+)#(\\w+)\\(?|same as \\{@link (\\w+)#(\\w+)");

  private static final Pattern OTHER_TYPE = Pattern.compile("(?m)^\\s*@see\\s+(\\w+)\\s*$");

  private static final Map<Class<?>, Map<String, String>> READ = new ConcurrentHashMap<>();

  private Docs() {}

  /** What a type's comment says; {@link Doc#NONE} when none is kept. */
  public static Doc of(Class<?> type) {
    String comment = comments(type).get("");
    return comment == null ? Doc.NONE : Doc.of(comment);
  }

  /** What a method's comment says, also one that it refers to. */
  public static Doc of(Method method) {
    String comment = comment(method);
    Doc own = comment.isEmpty() ? Doc.NONE : Doc.of(comment);
    Doc other = referred(method, comment).map(Doc::of).orElse(Doc.NONE);
    Map<String, String> options = new LinkedHashMap<>();
    referredType(method, comment).ifPresent(type -> addShared(options, type, method.getName()));
    addShared(options, method.getDeclaringClass(), method.getName());
    comments(method.getDeclaringClass())
        .forEach(
            (key, each) -> {
              if (key.startsWith(method.getName() + "(")) {
                options.putAll(Doc.of(each).options());
              }
            });
    options.putAll(other.options());
    options.putAll(own.options());
    return new Doc(
        join(own.paragraphs(), other.paragraphs()),
        options,
        own.examples().isEmpty() ? other.examples() : own.examples(),
        own.returns().isEmpty() ? other.returns() : own.returns(),
        join(own.failures(), other.failures()),
        join(own.sources(), other.sources()).stream().filter(each -> !each.contains("#")).toList());
  }

  /** Options that a type's comment describes, for all its words or as {@code netem limit}. */
  private static void addShared(Map<String, String> options, Class<?> type, String word) {
    Matcher other = OTHER_TYPE.matcher(comments(type).getOrDefault("", ""));
    while (other.find()) {
      found(type, other.group(1)).ifPresent(more -> addShared(options, more, word));
    }
    Map<String, String> shared = of(type).options();
    options.putAll(shared);
    shared.forEach(
        (name, text) -> {
          if (name.startsWith(word + " ")) {
            options.put(name.substring(word.length() + 1), text);
          }
        });
  }

  private static Optional<Class<?>> found(Class<?> home, String name) {
    try {
      return Optional.of(
          Class.forName(home.getPackageName() + "." + name, false, home.getClassLoader()));
    } catch (ClassNotFoundException e) {
      return Optional.empty(); // a type of another package: its comment is read there
    }
  }

  private static List<String> join(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    more.stream().filter(each -> !all.contains(each)).forEach(all::add);
    return all;
  }

  /** The shell command that a method equals; empty when its comment names none. */
  public static Optional<String> command(Method method) {
    String comment = comment(method);
    return Doc.command(comment).or(() -> referred(method, comment).flatMap(Doc::command));
  }

  private static String comment(Method method) {
    return comments(method.getDeclaringClass()).getOrDefault(key(method), "");
  }

  /** The comment of the method that this one's refers to. */
  private static Optional<String> referred(Method method, String comment) {
    Matcher reference = REFERENCE.matcher(comment);
    if (!reference.find()) {
      return Optional.empty();
    }
    String name = reference.group(2) == null ? reference.group(4) : reference.group(2);
    return referredType(method, comment).stream()
        .flatMap(type -> comments(type).entrySet().stream())
        .filter(each -> each.getKey().startsWith(name + "("))
        .map(Map.Entry::getValue)
        .max(Comparator.comparingInt(String::length));
  }

  private static Optional<Class<?>> referredType(Method method, String comment) {
    Matcher reference = REFERENCE.matcher(comment);
    if (!reference.find()) {
      return Optional.empty();
    }
    String name = reference.group(1) == null ? reference.group(3) : reference.group(1);
    return found(method.getDeclaringClass(), name);
  }

  private static String key(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getCanonicalName)
        .collect(Collectors.joining(",", method.getName() + "(", ")"));
  }

  private static Map<String, String> comments(Class<?> type) {
    return READ.computeIfAbsent(type, Docs::read);
  }

  private static Map<String, String> read(Class<?> type) {
    Map<String, String> comments = new HashMap<>();
    String file = type.getName().substring(type.getPackageName().length()).replaceFirst("^\\.", "");
    try (InputStream in = type.getResourceAsStream(file + DocProcessor.SUFFIX)) {
      if (in == null) {
        return comments;
      }
      String key = "";
      StringBuilder text = new StringBuilder();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith(" ")) {
          text.append(line.substring(1)).append('\n');
          continue;
        }
        put(comments, key, text);
        key = line;
      }
      put(comments, key, text);
      return comments;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the comments of " + type, e);
    }
  }

  private static void put(Map<String, String> comments, String key, StringBuilder text) {
    if (!text.isEmpty()) {
      comments.put(key, text.toString());
      text.setLength(0);
    }
  }
}
