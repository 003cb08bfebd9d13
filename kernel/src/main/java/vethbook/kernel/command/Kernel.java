package vethbook.kernel.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.Callable;
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
