package vethbook.kernel.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.Callable;
import java.util.function.ToIntBiFunction;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vethbook.kernel.protocol.ConnectionFile;
import vethbook.kernel.session.KernelServer;

@Command(
    name = "kernel",
    hidden = true,
    description = "Serve a Jupyter front end; Jupyter calls this.")
final class Kernel implements Callable<Integer> {
  private static final Pattern MEANT =
      Pattern.compile("kernel\n(--language=(groovy|java)\n)?[^-\n][^\n]*");

  @Parameters(paramLabel = "CONNECTION_FILE")
  private Path file = Path.of("");

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      description = "The language of cells that say none: ${COMPLETION-CANDIDATES}.")
  private CellLanguage language = CellLanguage.groovy;

  /** Named as people type them. */
  private enum CellLanguage {
    groovy,
    java
  }

  /** Whether the command line is the one that front ends use, see {@link Install}. */
  static boolean isMeant(String... arguments) {
    return MEANT.matcher(String.join("\n", arguments)).matches();
  }

  /**
   * Serves without picocli. Its class files are of version 49 (Java 5), which class data archives
   * do not take: none on JDK 17, on 25 only those that are not linked yet. They would be read and
   * verified at each start.
   */
  static int serve(String[] arguments, ToIntBiFunction<Exception, PrintWriter> explain) {
    Kernel kernel = new Kernel();
    kernel.language = arguments[1].endsWith("=java") ? CellLanguage.java : CellLanguage.groovy;
    kernel.file = Path.of(arguments[arguments.length - 1]);
    try {
      return kernel.call();
    } catch (Exception e) {
      return explain.applyAsInt(e, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    ConnectionFile connection;
    try {
      connection = ConnectionFile.read(file);
    } catch (IOException e) {
      throw new UsageException("Cannot read connection file " + file + ": " + e.getMessage());
    }
    try (KernelServer server =
        new KernelServer(connection, Extensions.all(), Version.text(), language.name())) {
      Signals.on("INT", server::interrupt);
      Thread main = Thread.currentThread();
      Signals.on("TERM", main::interrupt);
      FrontEnd.onExit(server::stop);
      server.await();
      return 0;
    } catch (NoSuchAlgorithmException e) {
      throw new UsageException(
          "Cannot sign messages as the connection file asks: " + e.getMessage());
    }
  }
}
