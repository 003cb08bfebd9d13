package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Nearest;
import vethbook.lab.Device;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.linux.Cidr;
import vethbook.linux.tc.Probability;

/**
 * The named options of one use of a word, checked: a name that the word does not declare, a value
 * of the wrong kind and a number without its unit are errors that say what to write.
 */
final class Options {
  /** By word and class: to read annotations takes longer than most words do. */
  private static final Map<List<Object>, List<String>> DECLARED = new ConcurrentHashMap<>();

  private final String word;
  private final Map<String, ?> given;

  /**
   * @param declaring the class whose method of the word's name declares them with
   *     {@code @NamedParam}
   */
  Options(Class<?> declaring, String word, @Nullable Map<String, ?> given) {
    if (given == null) { // Groovy takes null for a map where a word has a form with options
      throw new PlanException(
          "Cannot do " + word + " with null", "a variable in this line may have no value yet");
    }
    this.word = word;
    this.given = given;
    List<String> declared = declared(declaring, word);
    for (String name : given.keySet()) {
      if (!declared.contains(name)) {
        throw unknown(name, declared);
      }
    }
  }

  private PlanException unknown(String name, List<String> declared) {
    List<String> near = Nearest.of(name, declared);
    return new PlanException(
        "Cannot understand '%s:' in %s".formatted(name, word),
        (near.isEmpty() ? "" : "did you mean " + String.join(": or ", near) + ":? ")
            + "its options: "
            + String.join(", ", declared));
  }

  /** The names that a word declares, in order. */
  static List<String> declared(Class<?> declaring, String word) {
    return DECLARED.computeIfAbsent(
        List.of(declaring, word), key -> List.copyOf(annotated(declaring, word)));
  }

  private static List<String> annotated(Class<?> declaring, String word) {
    List<String> names = new ArrayList<>();
    for (Method method : declaring.getMethods()) {
      if (method.getName().equals(word)) {
        Arrays.stream(method.getParameters())
            .map(parameter -> parameter.getAnnotation(NamedParams.class))
            .filter(annotation -> annotation != null)
            .flatMap(annotation -> Arrays.stream(annotation.value()))
            .map(NamedParam::value)
            .filter(name -> !names.contains(name))
            .forEach(names::add);
      }
    }
    return names;
  }

  /**
   * For words to which an absent option means "all": nothing at all, such as a variable without a
   * value or an empty list, is then a mistake.
   */
  Options withoutNothing() {
    given.forEach(
        (name, value) -> {
          if (value == null || (value instanceof Collection<?> many && many.isEmpty())) {
            throw new PlanException(
                "Cannot take %s as %s: in %s"
                    .formatted(value == null ? "null" : "an empty list", name, word),
                "name something, or leave " + name + ": out");
          }
        });
    return this;
  }

  boolean has(String name) {
    return given.get(name) != null;
  }

  Device device(String name) {
    return required(name, Device.class, "a device such as client.eth0");
  }

  Netns netns(String name) {
    return required(name, Netns.class, "a netns such as client");
  }

  /** A value of any kind that must be given. */
  Object value(String name, String example) {
    return required(name, Object.class, example);
  }

  @Nullable Device deviceOrNull(String name) {
    return has(name) ? device(name) : null;
  }

  /** A list of devices; one alone is a list of one. */
  List<Device> devices(String name) {
    return all(name).stream()
        .map(value -> cast(name, value, Device.class, "devices such as [host.veth1]"))
        .toList();
  }

  /** A list of addresses with prefix lengths; one alone is a list of one. */
  List<Cidr> cidrs(String name) {
    return all(name).stream().map(value -> Cidr.parse(value.toString())).toList();
  }

  @Nullable Cidr cidrOrNull(String name) {
    return has(name) ? Cidr.parse(text(name)) : null;
  }

  /** A network of more than one address; null when not given. */
  @Nullable Cidr networkOrNull(String name) {
    if (has(name) && !text(name).contains("/")) {
      throw new PlanException(
          "Cannot take '%s' as %s: in %s: it has no prefix length"
              .formatted(text(name), name, word),
          "write %s: '%s/24' for a network of 256 addresses".formatted(name, text(name)));
    }
    return cidrOrNull(name);
  }

  @Nullable InetAddress addressOrNull(String name) {
    return has(name) ? Cidr.parseAddress(text(name)) : null;
  }

  /** A list of texts; one alone is a list of one. */
  List<String> texts(String name) {
    return all(name).stream().map(String::valueOf).toList();
  }

  /** The option {@code mac}; empty when not given. */
  String mac() {
    return has("mac") ? text("mac") : "";
  }

  String text(String name) {
    return String.valueOf(given.get(name));
  }

  /** A map such as {@code env: [LANG: 'C']}, as text; empty when not given. */
  Map<String, String> map(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (has(name)) {
      Map<?, ?> map = cast(name, given.get(name), Map.class, "a map such as [LANG: 'C']");
      map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
    }
    return texts;
  }

  private @Nullable Object withUnit(String name, String unit) {
    Object value = given.get(name);
    if (value instanceof Number) {
      throw new PlanException(
          "Cannot understand %s: %s in %s: a number without a unit".formatted(name, value, word),
          "write %s: %s.%s".formatted(name, value, unit));
    }
    return value;
  }

  /** Bytes: {@code 9000.bytes}; the default when not given. */
  int bytes(String name, int absent) {
    if (!has(name)) {
      return absent;
    }
    Object value = withUnit(name, "bytes");
    DataSize size = cast(name, value, DataSize.class, "a size such as 1500.bytes");
    if (size.bytes() > Integer.MAX_VALUE) {
      throw new PlanException(
          "Cannot take %s: %s in %s".formatted(name, size, word), "it is less than 2 GiB");
    }
    return (int) size.bytes();
  }

  /** A time: {@code 5.seconds}; the default when not given. */
  Duration time(String name, Duration absent) {
    if (!has(name)) {
      return absent;
    }
    Object value = withUnit(name, "seconds");
    Duration time = cast(name, value, Duration.class, "a time such as 5.seconds");
    if (time.isNegative() || time.isZero()) {
      throw new PlanException("Cannot take %s as %s in %s".formatted(time, name, word), null);
    }
    return time;
  }

  /** A time that may be zero, in nanoseconds; 0 when not given. */
  long nanos(String name) {
    if (!has(name)) {
      return 0;
    }
    Duration time =
        cast(name, withUnit(name, "milliseconds"), Duration.class, "a time such as 5.milliseconds");
    if (time.isNegative()) {
      throw new PlanException("Cannot take %s as %s in %s".formatted(time, name, word), null);
    }
    return time.toNanos();
  }

  /** Bytes per second: {@code 100.mbit}; the default when not given. */
  long bytesPerSecond(String name, long absent) {
    if (!has(name)) {
      return absent;
    }
    BitRate rate = cast(name, withUnit(name, "mbit"), BitRate.class, "a rate such as 100.mbit");
    if (rate.bytesPerSecond() == 0) {
      throw new PlanException(
          "Cannot take %s as %s in %s".formatted(rate, name, word), "it is 8 bit/s or more");
    }
    return rate.bytesPerSecond();
  }

  /** A rate that must be given, in bytes per second. */
  long bytesPerSecond(String name) {
    value(name, "100.mbit");
    return bytesPerSecond(name, 0);
  }

  /** A probability that must be given. */
  Probability probability(String name) {
    value(name, "1.percent");
    return probability(name, Probability.NEVER);
  }

  /** Whether it was given and is of this type. */
  boolean is(String name, Class<?> type) {
    return type.isInstance(given.get(name));
  }

  /** Any whole number; null when not given. */
  @Nullable Long int64OrNull(String name) {
    return has(name)
        ? (Long) cast(name, given.get(name), Number.class, "a whole number").longValue()
        : null;
  }

  /** A probability: {@code 0.1.percent}; the default when not given. */
  Probability probability(String name, Probability absent) {
    if (!has(name)) {
      return absent;
    }
    Percent percent =
        cast(name, withUnit(name, "percent"), Percent.class, "a share such as 1.percent");
    if (!(percent.value() >= 0 && percent.value() <= 100)) {
      throw new PlanException(
          "Cannot take %s as %s in %s".formatted(percent, name, word), "it is 0 to 100 percent");
    }
    return Probability.ofPercent(percent.value());
  }

  /** A count of at least {@code least}. */
  int count(String name, int absent, int least) {
    if (!has(name)) {
      return absent;
    }
    Object value = given.get(name);
    boolean fits = value instanceof Long large && large == large.intValue(); // a process's pid()
    int count =
        fits ? ((Long) value).intValue() : cast(name, value, Integer.class, "a whole number");
    if (count < least) {
      throw new PlanException(
          "Cannot take %s: %d in %s".formatted(name, count, word), "it is " + least + " or more");
    }
    return count;
  }

  boolean flag(String name) {
    return has(name) && cast(name, given.get(name), Boolean.class, "true or false");
  }

  /** One of an enum's values, or its name as a string in any case. */
  <E extends Enum<E>> E choice(String name, Class<E> type, E absent) {
    if (!has(name)) {
      return absent;
    }
    Object value = given.get(name);
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(String.valueOf(value))) {
        return constant;
      }
    }
    List<String> names =
        Arrays.stream(type.getEnumConstants()).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    throw new PlanException(
        "Cannot understand %s: %s in %s".formatted(name, value, word),
        "it is one of " + String.join(", ", names));
  }

  /** A set of CPUs: {@code 1}, {@code 0..3}, {@code [0, 2]} or {@code none}. */
  Set<Integer> cpus(String name) {
    Set<Integer> cpus = new TreeSet<>();
    for (Object value : all(name)) {
      int cpu = cast(name, value, Integer.class, "CPU numbers such as 1, 0..3 or [0, 2], or none");
      if (cpu < 0) {
        throw new PlanException("Cannot take " + cpu + " as a CPU in " + word, "CPUs begin at 0");
      }
      cpus.add(cpu);
    }
    return cpus;
  }

  /** The values of an option that takes one or many. */
  Collection<?> all(String name) {
    Object value = given.get(name);
    if (value == null) {
      return List.of();
    }
    return value instanceof Collection<?> many ? many : List.of(value);
  }

  private <T> T required(String name, Class<T> type, String example) {
    if (!has(name)) {
      throw new PlanException(
          given.containsKey(name)
              ? "Cannot take null as %s: in %s".formatted(name, word)
              : "Cannot do %s without %s:".formatted(word, name),
          "say %s: %s".formatted(name, example));
    }
    return cast(name, given.get(name), type, example);
  }

  private <T> T cast(String name, @Nullable Object value, Class<T> type, String example) {
    if (!type.isInstance(value)) {
      throw new PlanException(
          "Cannot understand %s: %s in %s".formatted(name, shown(value), word),
          "%s: takes %s".formatted(name, example));
    }
    return type.cast(value);
  }

  private static String shown(@Nullable Object value) {
    return value instanceof CharSequence ? "'" + value + "'" : String.valueOf(value);
  }
}
