package vethbook.kernel.command;

import groovy.lang.GroovySystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The version subcommand, and the version itself. */
@Command(name = "version", description = "Print the versions of Vethbook, Groovy, Java and Linux.")
public final class Version implements Runnable {
  @Spec private CommandSpec spec;

  /** This program's version; {@code dev} when it does not run from its jar. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  @Override
  public void run() {
    spec.commandLine()
        .getOut()
        .printf(
            "Vethbook %s, Groovy %s, Java %s, Linux %s%n",
            text(),
            GroovySystem.getVersion(),
            System.getProperty("java.version"),
            System.getProperty("os.version"));
    spec.commandLine().getOut().flush();
  }
}
