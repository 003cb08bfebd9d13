package vethbook.kernel.language.groovy;

import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import groovy.lang.Script;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.runtime.InvokerInvocationException;
import org.codehaus.groovy.runtime.metaclass.MethodSelectionException;
import org.codehaus.groovy.runtime.powerassert.PowerAssertionError;
import org.codehaus.groovy.syntax.SyntaxException;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Nearest;
import vethbook.extension.UserException;
import vethbook.kernel.language.CellError;
import vethbook.kernel.language.CellSources;
import vethbook.kernel.language.CellSources.Place;
import vethbook.kernel.language.ErrorText;
import vethbook.kernel.language.groovy.CellTokens.Kind;
import vethbook.kernel.language.groovy.CellTokens.Token;

/** Errors of Groovy cells in words for the person who typed them. */
final class GroovyErrors {
  private static final int MOST_FORMS = 3;
  private static final Pattern QUOTED = Pattern.compile("'([^']+)'");
  private static final Pattern SELECTED = Pattern.compile("Could not find which method (\\w+)\\(");
  private static final Pattern CLASS = Pattern.compile("unable to resolve class ([\\w.]+)");

  private final CellSources sources;
  private final Vocabulary words;
  private final StaleVariables stale;

  GroovyErrors(CellSources sources, Vocabulary words, StaleVariables stale) {
    this.sources = sources;
    this.words = words;
    this.stale = stale;
  }

  /**
   * What an error says.
   *
   * @param text the problem in its first line, then what to do
   * @param culprit the part of the cell's line that it is about; empty when not known
   * @param frames where it came from, for errors of programs
   */
  private record Told(String text, String culprit, List<String> frames) {}

  CellError explain(Throwable thrown) {
    Throwable error = thrown instanceof InvokerInvocationException ? thrown.getCause() : thrown;
    if (error instanceof MultipleCompilationErrorsException errors) {
      return syntax(errors);
    }
    Optional<Place> place = place(error);
    Told told = told(error, place);
    List<String> lines = new ArrayList<>();
    String[] parts = told.text().split("\n", -1);
    lines.add(ErrorText.problem(parts[0]));
    place.ifPresent(known -> lines.addAll(pointed(known, column(known, told.culprit()))));
    lines.addAll(Arrays.asList(parts).subList(1, parts.length));
    place.flatMap(known -> stale.note(sources, known)).ifPresent(lines::add);
    lines.addAll(told.frames());
    String name = error.getClass().getSimpleName();
    return new CellError(name.isEmpty() ? error.getClass().getName() : name, parts[0], lines);
  }

  /** Where it was thrown: the place of the innermost cause that has one. */
  private Optional<Place> place(Throwable error) {
    Optional<Place> place = Optional.empty();
    for (Throwable each = error; each != null; each = each.getCause()) {
      Optional<Place> inner = sources.place(each);
      if (inner.isPresent()) {
        place = inner;
      }
    }
    return place;
  }

  private Told told(Throwable error, Optional<Place> place) {
    if (error instanceof MissingPropertyException missing) {
      return missingName(missing, place);
    }
    if (error instanceof MissingMethodException missing) {
      return missingWord(missing.getMethod(), missing.getType(), missing.getArguments(), place);
    }
    if (error instanceof MethodSelectionException selection) {
      Matcher name = SELECTED.matcher(String.valueOf(selection.getMessage()));
      if (name.find()) {
        return missingWord(name.group(1), Script.class, new Object[0], place);
      }
    }
    if (error instanceof UserException user) {
      return ofUser(user, place);
    }
    String where = ErrorText.at(place);
    if (error instanceof PowerAssertionError) {
      String text = String.valueOf(error.getMessage());
      return new Told("Assertion failed" + where + ":\n" + text, "assert", List.of());
    }
    if (error instanceof StackOverflowError) {
      String text = ": calls nest too deep. Does a method or block call itself without an end?";
      return new Told("StackOverflowError" + where + text, "", List.of());
    }
    String name = error.getClass().getName().replaceFirst("^(java|groovy)\\.(lang|util|io)\\.", "");
    String text = name + (error.getMessage() == null ? "" : ": " + error.getMessage());
    String[] parts = text.split("\n", 2);
    String rest = parts.length > 1 ? "\n" + parts[1] : "";
    return new Told(parts[0] + where + rest, "", ErrorText.frames(error));
  }

  /** A word's error; if a slip of the pen is behind it, then that first. */
  private Told ofUser(UserException user, Optional<Place> place) {
    Throwable cause = user.getCause();
    boolean isSlip =
        cause instanceof MissingPropertyException || cause instanceof MissingMethodException;
    if (cause != null && isSlip) {
      Told told = told(cause, place);
      String during = String.valueOf(user.getMessage()).split("\n", 2)[0];
      return new Told(told.text() + "\n  in:    " + during, told.culprit(), List.of());
    }
    String text = user.describe(place.map(Place::toString).orElse(""));
    return new Told(text, culprit(text, place), List.of());
  }

  /** The part of the line that a text quotes, or the value of an option that it names. */
  private String culprit(String text, Optional<Place> place) {
    String line = place.map(sources::line).orElse("");
    String problem = text.split("\n", 2)[0];
    Matcher quoted = QUOTED.matcher(problem);
    while (quoted.find()) {
      if (line.contains(quoted.group(1))) {
        return quoted.group(1);
      }
    }
    Matcher option = Pattern.compile("\\b(\\w+):").matcher(problem);
    while (option.find()) {
      if (line.contains(option.group())) {
        return option.group();
      }
    }
    for (String word : problem.split("[ (]")) {
      boolean isWord =
          word.matches("[A-Za-z_]\\w+") && !Members.methods(words.baseClass(), word).isEmpty();
      if (isWord && Pattern.compile("\\b" + word + "\\b").matcher(line).find()) {
        return word;
      }
    }
    return "";
  }

  // ---- names that nobody knows

  private Told missingName(MissingPropertyException missing, Optional<Place> place) {
    String name = missing.getProperty();
    Class<?> owner = missing.getType();
    boolean inCell = owner == null || standsAlone(name, owner, place);
    if (!inCell) {
      String text =
          "Cannot find '%s' in %s%s.".formatted(name, Plain.aType(owner), ErrorText.at(place));
      return new Told(text + next(name, properties(owner)), name, List.of());
    }
    String text = "Cannot find '" + name + "'" + ErrorText.at(place) + ".";
    List<Method> forms = Members.methods(words.baseClass(), name);
    return new Told(
        text + (forms.isEmpty() ? next(name, words(owner)) : takes("it is a word: ", forms)),
        name,
        List.of());
  }

  private Told missingWord(
      String name, @Nullable Class<?> owner, Object[] given, Optional<Place> place) {
    boolean inCell = owner == null || standsAlone(name, owner, place);
    List<Method> forms = new ArrayList<>();
    if (owner != null) {
      forms.addAll(Members.methods(owner, name));
    }
    if (inCell) {
      forms.addAll(Members.methods(words.baseClass(), name));
    }
    String of = inCell ? "" : " of " + Plain.aType(owner);
    if (forms.isEmpty()) {
      String text = "Cannot find the word '%s'%s%s.".formatted(name, of, ErrorText.at(place));
      return new Told(text + next(name, inCell ? words(owner) : members(owner)), name, List.of());
    }
    String values =
        given.length == 0
            ? "nothing"
            : Arrays.stream(given).map(Plain::value).collect(Collectors.joining(", "));
    String text = "Cannot do %s%s with %s%s.".formatted(name, of, values, ErrorText.at(place));
    return new Told(text + takes("it takes ", forms), name, List.of());
  }

  /** Whether a name is meant as a word of the cell, and not as a member of something. */
  private boolean standsAlone(String name, Class<?> owner, Optional<Place> place) {
    if (Script.class.isAssignableFrom(owner)) {
      return true;
    }
    String line = place.map(sources::line).orElse("");
    return Pattern.compile("(?<![.\\w])" + Pattern.quote(name) + "\\b").matcher(line).find()
        && !Pattern.compile("\\.\\s*" + Pattern.quote(name) + "\\b").matcher(line).find();
  }

  /** The ways to use a word, the one with most options first, and an example. */
  private String takes(String intro, List<Method> forms) {
    List<String> calls =
        forms.stream()
            .filter(form -> Modifier.isPublic(form.getModifiers()))
            .sorted(Comparator.comparing((Method form) -> Signatures.options(form).isEmpty()))
            .map(Plain::call)
            .distinct()
            .limit(MOST_FORMS)
            .toList();
    String example =
        forms.stream()
            .flatMap(form -> words.example(form).stream())
            .findFirst()
            .map(each -> "\n  such as:  " + each.lines().findFirst().orElse(""))
            .orElse("");
    return "\n  next:  " + intro + String.join(", or ", calls) + example;
  }

  private static String next(String typed, Collection<String> known) {
    List<String> near = Nearest.of(typed, known);
    return near.isEmpty() ? "" : "\n  next:  did you mean " + String.join(" or ", near) + "?";
  }

  /** All that a line can begin with; in a block also what the block knows. */
  private Collection<String> words(@Nullable Class<?> block) {
    Set<String> all = new TreeSet<>(words.variables().keySet());
    all.addAll(words.constants());
    all.addAll(members(words.baseClass()));
    if (block != null) {
      all.addAll(members(block));
    }
    return all;
  }

  private static Collection<String> members(Class<?> type) {
    Set<String> all = new TreeSet<>(properties(type));
    Members.of(type).forEach(method -> all.add(method.getName()));
    return all;
  }

  private static Collection<String> properties(Class<?> type) {
    Set<String> all = new TreeSet<>();
    for (Method method : Members.of(type)) {
      String property = Members.property(method, type);
      if (property != null) {
        all.add(property);
      }
    }
    for (Field field : type.getFields()) {
      all.add(field.getName());
    }
    return all;
  }

  // ---- cells that cannot be compiled

  private CellError syntax(MultipleCompilationErrorsException errors) {
    List<String> lines = new ArrayList<>();
    for (Object message : errors.getErrorCollector().getErrors()) {
      if (message instanceof SyntaxErrorMessage syntax) {
        lines.addAll(syntax(syntax.getCause()));
      } else {
        lines.add(ErrorText.problem(message.toString()));
      }
    }
    String first = lines.isEmpty() ? "" : lines.get(0).replaceAll("\u001b\\[\\d+m", "");
    return new CellError("SyntaxError", first, lines);
  }

  private List<String> syntax(SyntaxException error) {
    int cell = CellSources.cell(String.valueOf(error.getSourceLocator())).orElse(0);
    Place place = new Place(cell, Math.max(1, error.getStartLine()));
    int column = error.getStartColumn();
    String text = error.getOriginalMessage().strip().split("\n", 2)[0].replaceFirst("\\.$", "");
    String next = "";
    Matcher unknown = CLASS.matcher(text);
    if (unknown.find()) {
      String name = unknown.group(1);
      text = "there is no class " + name;
      next =
          name.contains(".")
              ? "\n  next:  %maven group:artifact:version brings a library's classes"
              : next(name, words.classes().known());
    } else {
      Optional<Fault> fault = text.startsWith("Unexpected") ? fault(cell) : Optional.empty();
      if (fault.isPresent()) {
        place = fault.get().place();
        column = fault.get().column();
        text = fault.get().text();
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        ErrorText.problem(
            "Cannot understand this cell" + ErrorText.at(Optional.of(place)) + ": " + text + "."));
    lines.addAll(pointed(place, column));
    if (!next.isEmpty()) {
      lines.add(next.substring(1));
    }
    return lines;
  }

  private record Fault(Place place, int column, String text) {}

  /** The bracket or quote of a cell that is not closed, if that is what is wrong. */
  private Optional<Fault> fault(int cell) {
    String code = sources.text(cell);
    CellTokens read = CellTokens.of(code);
    if (read.text() >= 0) {
      return Optional.of(
          fault(cell, code, read.text() - 1, "the text that begins here has no end"));
    }
    List<Token> open = new ArrayList<>();
    for (Token token : read.tokens()) {
      boolean isCut =
          token.kind() == Kind.TEXT
              && token.end() < code.length()
              && token.end() == token.start() + token.text().length()
              && code.charAt(token.end()) == '\n';
      if (isCut) {
        String text = "the text that begins here has no end in its line";
        return Optional.of(fault(cell, code, token.start() - 1, text));
      }
      if (token.kind() == Kind.OPEN) {
        open.add(token);
      } else if (token.kind() == Kind.CLOSE) {
        Token last = open.isEmpty() ? null : open.remove(open.size() - 1);
        if (last == null) {
          String text = "nothing is open that this '" + token.text() + "' could close";
          return Optional.of(fault(cell, code, token.start(), text));
        }
        if ("([{".indexOf(last.text().charAt(last.text().length() - 1))
            != ")]}".indexOf(token.text())) {
          String text = "this '" + last.text() + "' is not closed before a '" + token.text() + "'";
          return Optional.of(fault(cell, code, last.start(), text));
        }
      }
    }
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Token last = open.get(open.size() - 1);
    return Optional.of(fault(cell, code, last.start(), "this '" + last.text() + "' is not closed"));
  }

  private static Fault fault(int cell, String code, int at, String text) {
    int begin = code.lastIndexOf('\n', at - 1) + 1;
    int line = (int) code.substring(0, begin).chars().filter(c -> c == '\n').count() + 1;
    return new Fault(new Place(cell, line), at - begin + 1, text);
  }

  // ---- the line of the cell

  private int column(Place place, String culprit) {
    if (culprit.isEmpty()) {
      return 0;
    }
    String line = sources.line(place);
    Matcher word = Pattern.compile("(?<!\\w)" + Pattern.quote(culprit)).matcher(line);
    return word.find() ? word.start() + 1 : 0;
  }

  private List<String> pointed(Place place, int column) {
    String line = sources.line(place).replace('\t', ' ').stripTrailing();
    if (line.isBlank()) {
      return List.of();
    }
    int indent = line.length() - line.stripLeading().length();
    List<String> lines = new ArrayList<>(List.of(ErrorText.source(line.strip())));
    if (column > indent && column <= line.length() + 1) {
      lines.add("    " + " ".repeat(column - 1 - indent) + ErrorText.problem("^"));
    }
    return lines;
  }
}
