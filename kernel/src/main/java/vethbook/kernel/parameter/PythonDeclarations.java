package vethbook.kernel.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters that a Python cell tagged {@code parameters} declares, as papermill has them: its
 * assignments at the beginning of a line. Nothing is run: one whose default is no plain value takes
 * any.
 */
public final class PythonDeclarations {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?m)^([A-Za-z_]\\w*)[ \\t]*(?::[^=\\n]*)?=(?!=)[ \\t]*");
  private static final Pattern END =
      Pattern.compile("\\A[ \\t]*;?[ \\t]*(?:#[ \\t]*(.*))?(?:\\n|\\z)");

  private PythonDeclarations() {}

  /** Those of a cell; what stands behind one as a comment is its help. */
  public static List<Parameter> of(String source) {
    List<Parameter> found = new ArrayList<>();
    Matcher assignment = ASSIGNMENT.matcher(source);
    int from = 0;
    while (from <= source.length() && assignment.find(from)) {
      String rest = source.substring(assignment.end());
      String line = rest.lines().findFirst().orElse("").strip();
      Optional<Literals.Prefix> literal = Literals.prefix(rest);
      Matcher end = END.matcher(literal.map(one -> rest.substring(one.length())).orElse("x"));
      if (literal.isPresent() && end.find()) {
        Literals.Prefix value = literal.get();
        String help = end.group(1) == null ? "" : end.group(1).strip();
        String written = rest.substring(0, value.length()).strip();
        found.add(Parameter.of(assignment.group(1), value.value(), written).withHelp(help));
        from = assignment.end() + value.length();
      } else {
        found.add(Parameter.of(assignment.group(1), null, line));
        from = assignment.end();
      }
    }
    return found;
  }
}
