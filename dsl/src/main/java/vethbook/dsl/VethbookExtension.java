package vethbook.dsl;

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
    return new LabSession(host, "notebook");
  }
}
