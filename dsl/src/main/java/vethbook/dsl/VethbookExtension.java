package vethbook.dsl;

import java.util.List;
import vethbook.dsl.command.Commands;
import vethbook.extension.Extension;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Host;

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
  public List<Object> commands() {
    return Commands.all();
  }
}
