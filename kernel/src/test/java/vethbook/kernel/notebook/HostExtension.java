package vethbook.kernel.notebook;

import groovy.lang.Script;
import java.util.List;
import java.util.Map;
import vethbook.extension.Extension;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Host;
import vethbook.extension.Renderer;

/** A DSL of one variable: {@code host}, through which a cell does what an experiment would. */
final class HostExtension implements Extension {
  @Override
  public String name() {
    return "host";
  }

  @Override
  public ExtensionSession open(Host host) {
    return new Session(host);
  }

  private record Session(Host host) implements ExtensionSession {
    @Override
    public Class<?> scriptBaseClass() {
      return Script.class;
    }

    @Override
    public void attach(Object script) {}

    @Override
    public List<String> importedPackages() {
      return List.of("vethbook.extension");
    }

    @Override
    public List<String> importedStatics() {
      return List.of();
    }

    @Override
    public List<Renderer<?>> renderers() {
      return List.of();
    }

    @Override
    public Map<String, Object> variables() {
      return Map.of("host", host);
    }

    @Override
    public void close() {}
  }
}
