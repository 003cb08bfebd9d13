package vethbook.dsl;

import java.util.List;
import java.util.Optional;
import vethbook.dsl.command.Commands;
import vethbook.extension.Extension;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Host;
import vethbook.extension.ResultsReader;

/** The door through which the kernel finds the words. */
public final class VethbookExtension implements Extension {
  @Override
  public String name() {
    return "vethbook-dsl";
  }

  @Override
  public ExtensionSession open(Host host) {
    return new LabSession(host, host.title());
  }

  @Override
  public Optional<ResultsReader> results() {
    return Optional.of(new NotebookResults());
  }

  @Override
  public List<Object> commands() {
    return Commands.all();
  }
}
