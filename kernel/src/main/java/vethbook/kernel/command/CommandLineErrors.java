package vethbook.kernel.command;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import vethbook.extension.Nearest;

/** What is said of a command line that cannot be understood: the problem, and what next. */
final class CommandLineErrors {
  private CommandLineErrors() {}

  /** Two lines: the problem, and where help is. */
  static String describe(ParameterException error) {
    CommandLine where = error.getCommandLine();
    String command = where.getCommandSpec().qualifiedName();
    String help = "'" + command + " --help' shows what there is";
    if (!(error instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return text(problem(error), help);
    }
    String typed = unmatched.getUnmatched().get(0);
    if (typed.startsWith("-")) {
      String name = typed.replaceFirst("=.*", "");
      return text(
          "There is no option " + name + " of '" + command + "'",
          near(name, where.getCommandSpec().optionsMap().keySet(), help));
    }
    boolean isCommand = !where.getSubcommands().isEmpty();
    return isCommand
        ? text(
            "There is no command '" + typed + "'",
            near(typed, where.getSubcommands().keySet(), help))
        : text("'" + command + "' does not take '" + typed + "'", help);
  }

  private static String problem(ParameterException error) {
    return String.valueOf(error.getMessage()).replaceFirst("\\.$", "");
  }

  private static String near(String typed, Collection<String> known, String help) {
    List<String> near = Nearest.of(typed, known);
    return near.isEmpty()
        ? help
        : String.format(Locale.ROOT, "did you mean %s? %s", String.join(" or ", near), help);
  }

  private static String text(String problem, String next) {
    return problem + ".\n  next:  " + next;
  }
}
