package vethbook.kernel.language.groovy;

import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import groovy.lang.Script;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.runtime.InvokerInvocationException;
import org.codehaus.groovy.syntax.SyntaxException;
import vethbook.extension.Nearest;
import vethbook.extension.UserException;
import vethbook.kernel.language.CellError;
import vethbook.kernel.language.CellSources;
import vethbook.kernel.language.CellSources.Place;

/** Errors of Groovy cells in words for the person who typed them. */
final class GroovyErrors {
  /** Red and blue that can be read on light and on dark. */
  private static final String RED = "\u001b[31m";

  private static final String BLUE = "\u001b[34m";
  private static final String OFF = "\u001b[0m";

  private static final List<String> MACHINERY =
      List.of(
          "org.codehaus.groovy.",
          "org.apache.groovy.",
          "groovy.lang.",
          "java.lang.reflect.",
          "java.lang.invoke.",
          "jdk.internal.",
          "java.util.concurrent.",
          "java.lang.Thread",
          "vethbook.kernel.");

  private static final int MOST_FRAMES = 12;

  private final CellSources sources;
  private final Class<?> baseClass;
  private final Map<String, Object> variables;
  private final Collection<String> constants;

  /**
   * Errors in the light of what a cell could have meant.
   *
   * @param constants names that cells know without an import
   */
  GroovyErrors(
      CellSources sources,
      Class<?> baseClass,
      Map<String, Object> variables,
      Collection<String> constants) {
    this.constants = constants;
    this.sources = sources;
    this.baseClass = baseClass;
    this.variables = variables;
  }

  CellError explain(Throwable thrown) {
    Throwable error = thrown instanceof InvokerInvocationException ? thrown.getCause() : thrown;
    Optional<Place> place = sources.place(error);
    if (error instanceof UserException user) {
      return of(error, user.describe(place.map(Place::toString).orElse("")), place, List.of());
    }
    if (error instanceof MultipleCompilationErrorsException errors) {
      return syntax(errors);
    }
    if (error instanceof MissingPropertyException missing) {
      return of(error, missingName(missing, place), place, List.of());
    }
    if (error instanceof MissingMethodException missing) {
      return of(error, missingWord(missing, place), place, List.of());
    }
    String text =
        error.getClass().getName() + (error.getMessage() == null ? "" : ": " + error.getMessage());
    return of(error, text + at(place), place, frames(error));
  }

  private static String at(Optional<Place> place) {
    return place.map(known -> " (" + known + ")").orElse("");
  }

  private String missingName(MissingPropertyException missing, Optional<Place> place) {
    Class<?> owner = missing.getType();
    boolean inCell = owner != null && Script.class.isAssignableFrom(owner);
    Collection<String> known = inCell ? words() : GroovyNames.properties(owner);
    String problem =
        inCell
            ? "Cannot find '" + missing.getProperty() + "'" + at(place) + "."
            : "Cannot find '%s' in a %s%s."
                .formatted(missing.getProperty(), simpleName(owner), at(place));
    List<String> forms = inCell ? forms(baseClass, missing.getProperty()) : List.of();
    return forms.isEmpty()
        ? problem + next(missing.getProperty(), known)
        : problem + "\n  next:  it is a word that takes " + String.join(" or ", forms);
  }

  private String missingWord(MissingMethodException missing, Optional<Place> place) {
    Class<?> owner = missing.getType();
    boolean inCell = Script.class.isAssignableFrom(owner);
    String given =
        Arrays.stream(missing.getArguments())
            .map(argument -> argument == null ? "null" : simpleName(argument.getClass()))
            .collect(Collectors.joining(", "));
    String where = inCell ? "" : " on a " + simpleName(owner);
    String problem =
        "Cannot do %s(%s)%s%s.".formatted(missing.getMethod(), given, where, at(place));
    List<String> forms = forms(inCell ? baseClass : owner, missing.getMethod());
    if (!forms.isEmpty()) {
      return problem + "\n  next:  it takes " + String.join(" or ", forms);
    }
    return problem + next(missing.getMethod(), inCell ? words() : GroovyNames.members(owner));
  }

  private static String next(String typed, Collection<String> known) {
    List<String> near = Nearest.of(typed, known);
    return near.isEmpty() ? "" : "\n  next:  did you mean " + String.join(" or ", near) + "?";
  }

  private static List<String> forms(Class<?> owner, String word) {
    return Arrays.stream(owner.getMethods())
        .filter(method -> method.getName().equals(word))
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .map(Signatures::of)
        .distinct()
        .sorted()
        .toList();
  }

  /** All that a cell can begin a line with. */
  private Collection<String> words() {
    TreeSet<String> words = new TreeSet<>(variables.keySet());
    words.addAll(constants);
    for (Method method : baseClass.getMethods()) {
      if (method.getDeclaringClass() != Object.class) {
        words.add(method.getName());
      }
    }
    words.addAll(GroovyNames.properties(baseClass));
    return words;
  }

  private CellError syntax(MultipleCompilationErrorsException errors) {
    List<String> lines = new ArrayList<>();
    for (Object message : errors.getErrorCollector().getErrors()) {
      if (message instanceof SyntaxErrorMessage syntax) {
        SyntaxException cause = syntax.getCause();
        int cell = CellSources.cell(String.valueOf(cause.getSourceLocator())).orElse(0);
        Place place = new Place(cell, Math.max(1, cause.getStartLine()));
        String text = cause.getOriginalMessage().strip();
        lines.add("Cannot understand this cell" + at(Optional.of(place)) + ": " + text + ".");
        lines.addAll(pointed(place, cause.getStartColumn()));
      } else {
        lines.add(message.toString());
      }
    }
    List<String> coloured = new ArrayList<>(lines);
    coloured.replaceAll(line -> line.startsWith("Cannot") ? RED + line + OFF : line);
    return new CellError("SyntaxError", lines.isEmpty() ? "" : lines.get(0), coloured);
  }

  private List<String> pointed(Place place, int column) {
    String line = sources.line(place);
    return line.isBlank() || column < 1
        ? List.of()
        : List.of("    " + line, "    " + " ".repeat(column - 1) + "^");
  }

  private CellError of(Throwable error, String text, Optional<Place> place, List<String> frames) {
    List<String> lines = new ArrayList<>();
    String[] parts = text.split("\n", -1);
    lines.add(RED + parts[0] + OFF);
    place
        .map(sources::line)
        .filter(line -> !line.isBlank())
        .ifPresent(line -> lines.add(BLUE + "    " + line.strip() + OFF));
    lines.addAll(Arrays.asList(parts).subList(1, parts.length));
    lines.addAll(frames);
    return new CellError(simpleName(error.getClass()), parts[0], lines);
  }

  /** Frames of the user's and of libraries, and the causes; not those of Groovy and the kernel. */
  private static List<String> frames(Throwable error) {
    List<String> lines = new ArrayList<>();
    for (Throwable each = error;
        each != null && lines.size() < MOST_FRAMES;
        each = each.getCause()) {
      if (each != error) {
        lines.add("caused by " + each);
      }
      Arrays.stream(each.getStackTrace())
          .filter(frame -> MACHINERY.stream().noneMatch(frame.getClassName()::startsWith))
          .limit(MOST_FRAMES)
          .map(
              frame ->
                  "    at "
                      + CellSources.place(frame).map(Place::toString).orElse(frame.toString()))
          .distinct()
          .forEach(lines::add);
    }
    return lines;
  }

  private static String simpleName(Class<?> type) {
    String name = type.getSimpleName();
    return name.isEmpty() ? type.getName() : name;
  }
}
