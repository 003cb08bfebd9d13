package vethbook.kernel.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import vethbook.extension.Extension;
import vethbook.extension.UserException;

@Command(
    name = "vethbook",
    description = "Ask Linux networking a question, answer it by measuring, share the notebook.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Versions.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nThe script 'vethbook' has three of its own:%n",
    footer = {
      "  build           build the jar, also when it is up to date",
      "  test            run all tests; as root it installs what they need",
      "  --install-deps  before a command: install missing packages with apt%n"
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0: all went well",
      "1: a cell failed, or the command could not be done",
      "2: the command line asks for something that cannot be",
      "3: a cell took longer than --timeout",
      "5: something got worse than in the --baseline",
      "130: interrupted"
    })
public final class Main implements Runnable {
  private static final int USAGE = 2;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: a command is missing.");
  }

  /** Runs the command line; returns its exit status. */
  public static int run(String... arguments) {
    if (Kernel.isMeant(arguments)) {
      return Kernel.serve(arguments, Main::explain);
    }
    CommandLine command = new CommandLine(new Main());
    command.addSubcommand(Run.command(Extensions.all()));
    command.addSubcommand(new Render());
    command.addSubcommand(new Install());
    for (Extension extension : Extensions.all()) {
      extension.commands().forEach(command::addSubcommand);
    }
    command.addSubcommand(new Version());
    command.addSubcommand(new Kernel());
    command.addSubcommand(new Rehearse());
    command.setParameterExceptionHandler(
        (error, all) -> {
          error.getCommandLine().getErr().println(CommandLineErrors.describe(error));
          error.getCommandLine().getErr().flush();
          return USAGE;
        });
    command.setExecutionExceptionHandler((error, where, parsed) -> explain(error, where.getErr()));
    return command.execute(arguments);
  }

  private static int explain(Exception error, PrintWriter to) {
    if (error instanceof UserException user) {
      to.println(user.describe(""));
      to.flush();
      return 1;
    }
    if (error instanceof UsageException) {
      to.println(error.getMessage());
      to.flush();
      return USAGE;
    }
    if (error instanceof InterruptedException) {
      return 143; // SIGTERM
    }
    to.println("Vethbook failed: " + error);
    error.printStackTrace(to);
    to.flush();
    return 1;
  }

  /** What {@code --version} prints. */
  static final class Versions implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Vethbook " + Version.text()};
    }
  }
}
