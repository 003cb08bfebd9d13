package vethbook.kernel.parameter;

import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Nearest;

/** The parameters that the cells of a running notebook have declared. */
public final class DeclaredParameters {
  /** As papermill and Quarto head the cells that they add for a language they do not know. */
  private static final Pattern INJECTED =
      Pattern.compile(
          "\\A(?:\\s*//\\|.*\\n)*\\s*#\\s*(?:Injected )?[Pp]arameters[ \\t]*(?:\\n|\\z)");

  private final Supplier<Map<String, Object>> variables;
  private final BiConsumer<String, @Nullable Object> define;
  private final Predicate<String> isTaken;
  private final Map<String, Parameter> declared = new LinkedHashMap<>();

  /**
   * @param variables what cells have assigned
   * @param define gives a variable a value
   * @param isTaken whether a name is a word of the notebook
   */
  public DeclaredParameters(
      Supplier<Map<String, Object>> variables,
      BiConsumer<String, @Nullable Object> define,
      Predicate<String> isTaken) {
    this.variables = variables;
    this.define = define;
    this.isTaken = isTaken;
  }

  /**
   * Declares those of a block, and gives the variables their defaults.
   *
   * @return a row for each, to be shown
   */
  public List<Map<String, Object>> declare(Closure<?> block) {
    Block collector = new Block();
    Closure<?> own = (Closure<?>) block.clone();
    own.setDelegate(collector);
    own.setResolveStrategy(Closure.DELEGATE_ONLY);
    own.call();
    collector.found.forEach(
        (name, parameter) -> {
          declared.put(name, parameter);
          define.accept(name, parameter.value());
        });
    return ParameterTable.rows(collector.found.values());
  }

  /** Whether a cell was added by papermill or Quarto, in Python's notation. */
  public static boolean isInjected(String cell) {
    return INJECTED.matcher(cell).find();
  }

  /**
   * Gives variables the values of such a cell, of the types that they were declared with.
   *
   * @throws ParameterException for a name that is not declared, where any is, or a value that does
   *     not fit
   */
  public void bind(String cell) {
    Map<String, @Nullable Object> given;
    try {
      given = Literals.assignments(INJECTED.matcher(cell).replaceFirst("#\n"));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          "Cannot read the cell of given parameters: " + e.getMessage(),
          "below '# Parameters' it takes lines such as rounds = 10");
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    given.forEach((name, value) -> values.put(name, typed(name, value)));
    values.forEach(define);
  }

  private @Nullable Object typed(String name, @Nullable Object value) {
    Parameter parameter = declared.get(name);
    if (parameter != null) {
      return parameter.take(value).value();
    }
    if (!declared.isEmpty()) {
      throw unknown(name, declared.keySet());
    }
    requireFree(name);
    Object now = variables.get().get(name);
    return now == null ? value : Parameter.of(name, now, Parameter.text(now)).take(value).value();
  }

  private void requireFree(String name) {
    if (isTaken.test(name)) {
      throw new ParameterException(
          "Cannot declare parameter " + name + ": it is a word of the notebook",
          "choose another name");
    }
  }

  /** The error for a name that is not among those declared. */
  public static ParameterException unknown(String name, Iterable<String> known) {
    return unknown(
        name,
        known,
        "declare it: parameters { " + name + " 10 }, or tag a cell of assignments 'parameters'");
  }

  /**
   * The same.
   *
   * @param how what to do where none is declared
   */
  public static ParameterException unknown(String name, Iterable<String> known, String how) {
    List<String> names = new ArrayList<>();
    known.forEach(names::add);
    List<String> near = Nearest.of(name, names);
    return new ParameterException(
        "Cannot set parameter " + name + ": the notebook does not declare it",
        names.isEmpty()
            ? how
            : near.isEmpty()
                ? "its parameters: " + String.join(", ", names)
                : "did you mean " + near.get(0) + "?");
  }

  /** What the block's lines are said to. */
  private final class Block extends GroovyObjectSupport {
    private final Map<String, Parameter> found = new LinkedHashMap<>();

    @Override
    public @Nullable Object invokeMethod(String name, Object arguments) {
      Object[] given = arguments instanceof Object[] several ? several : new Object[] {arguments};
      boolean hasOptions = given.length == 2 && given[0] instanceof Map;
      if (given.length != 1 && !hasOptions) {
        throw new ParameterException(
            "Cannot declare parameter " + name + ": it takes one default",
            name + " 10, unit: 's', range: 1..60, help: 'what it is'");
      }
      Map<?, ?> options = hasOptions ? (Map<?, ?>) given[0] : Map.of();
      add(name, given[given.length - 1], options);
      return null;
    }

    private void add(String name, @Nullable Object value, Map<?, ?> options) {
      requireFree(name);
      if (found.containsKey(name)) {
        throw new ParameterException("Cannot declare parameter " + name + " twice", null);
      }
      found.put(name, Bounds.parameter(name, value, Parameter.text(value), options));
    }

    /** A parameter above, or a variable of earlier cells. */
    @Override
    public @Nullable Object getProperty(String name) {
      Parameter above = found.get(name);
      if (above != null) {
        return above.value();
      }
      Map<String, Object> known = variables.get();
      if (known.containsKey(name)) {
        return known.get(name);
      }
      throw new ParameterException(
          "Cannot find variable " + name + " in the block of parameters",
          "a list as default is written " + name + "([1, 2]) or " + name + " = [1, 2]");
    }

    @Override
    public void setProperty(String name, @Nullable Object value) {
      add(name, value, Map.of());
    }
  }
}
