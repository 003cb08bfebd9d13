package vethbook.kernel.language.java;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vethbook.extension.Nearest;
import vethbook.extension.UserException;
import vethbook.kernel.language.CellError;
import vethbook.kernel.language.CellSources;
import vethbook.kernel.language.CellSources.Place;
import vethbook.kernel.language.ErrorText;

/** Errors of Java cells in words for the person who typed them. */
final class JavaErrors {
  private static final Pattern MISSING =
      Pattern.compile("symbol:\\s+(?:variable|method|class)\\s+([\\w$]+)");

  /** Where javac would name the class that JShell made around the text. */
  private static final Pattern IN_WRAPPER =
      Pattern.compile("\\s*\\n\\s*location:\\s+class\\s*(?:REPL\\S*|\\$JShell\\S*)?\\s*$");

  private final CellSources sources;
  private final Collection<String> known;

  /**
   * Errors in the light of what a cell could have meant.
   *
   * @param known names of variables, methods, classes and words
   */
  JavaErrors(CellSources sources, Collection<String> known) {
    this.sources = sources;
    this.known = known;
  }

  CellError explain(Throwable error) {
    if (error instanceof CompilationException refused) {
      return refused(refused);
    }
    Optional<Place> place = sources.place(error);
    String line = place.map(sources::line).orElse("");
    if (error instanceof UserException user) {
      return ErrorText.thrown(
          error, user.describe(place.map(Place::toString).orElse("")), line, List.of());
    }
    String text =
        error.getClass().getName()
            + (error.getMessage() == null ? "" : ": " + withoutWrappers(error.getMessage()))
            + ErrorText.at(place);
    return ErrorText.thrown(error, text, line, ErrorText.frames(error));
  }

  /** Java names a null variable in its message with the class that JShell made for it. */
  private static String withoutWrappers(String message) {
    return message.replaceAll("REPL\\.\\$JShell\\$\\w+[.$]", "");
  }

  private CellError refused(CompilationException refused) {
    List<String> lines = new ArrayList<>();
    String first = "";
    for (CompilationException.Problem problem : refused.problems()) {
      String code = refused.code();
      int at = Math.max(0, Math.min(problem.at(), code.length()));
      int begin = code.lastIndexOf('\n', at - 1) + 1;
      int end = code.indexOf('\n', at);
      Place place = new Place(refused.cell(), 1 + JavaPlaces.lines(code, at));
      String[] words = words(problem.text());
      String text =
          "Cannot compile this cell" + ErrorText.at(Optional.of(place)) + ": " + words[0] + ".";
      first = first.isEmpty() ? text : first;
      lines.add(ErrorText.problem(text));
      String line = code.substring(begin, end < 0 ? code.length() : end);
      if (!line.isBlank()) {
        lines.add("    " + line);
        lines.add("    " + line.substring(0, at - begin).replaceAll("[^\t]", " ") + "^");
      }
      for (int i = 1; i < words.length; i++) {
        lines.add("  " + words[i].strip());
      }
      next(problem.text()).ifPresent(lines::add);
    }
    return new CellError("CompilationError", first, lines);
  }

  /** The compiler's message by lines; a name that is missing is named in the first. */
  private static String[] words(String message) {
    String text = IN_WRAPPER.matcher(message).replaceFirst("");
    Matcher missing = Pattern.compile("^cannot find symbol\\s+symbol:\\s+([^\\n]+)").matcher(text);
    return missing.replaceFirst("cannot find $1").split("\n");
  }

  private Optional<String> next(String message) {
    Matcher missing = MISSING.matcher(message);
    if (!missing.find()) {
      return Optional.empty();
    }
    List<String> near = Nearest.of(missing.group(1), known);
    return near.isEmpty()
        ? Optional.empty()
        : Optional.of("  next:  did you mean " + String.join(" or ", near) + "?");
  }
}
