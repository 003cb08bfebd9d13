package vethbook.dsl;

import java.util.List;
import java.util.Map;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Host;
import vethbook.extension.Renderer;
import vethbook.lab.Lab;

/** One notebook's lab and what its words need. */
public final class LabSession implements ExtensionSession {
  private final Host host;
  private final Lab lab;
  private final Features features = new Features();

  /**
   * @param title what {@code vethbook ps} calls the lab
   */
  public LabSession(Host host, String title) {
    this.host = host;
    this.lab = new Lab(title);
  }

  Host host() {
    return host;
  }

  public Lab lab() {
    return lab;
  }

  Features features() {
    return features;
  }

  @Override
  public Class<?> scriptBaseClass() {
    return LabScript.class;
  }

  @Override
  public void attach(Object script) {
    if (script instanceof LabScript words) {
      words.attach(this);
    }
  }

  @Override
  public List<String> importedPackages() {
    return List.of("vethbook.lab", "vethbook.dsl", "java.time", "tech.tablesaw.api");
  }

  @Override
  public List<String> importedStatics() {
    return List.of("vethbook.lab.IpvlanMode", "vethbook.lab.MacvlanMode");
  }

  @Override
  public List<Renderer<?>> renderers() {
    return List.of();
  }

  @Override
  public Map<String, Object> variables() {
    return Map.of();
  }

  @Override
  public void close() {
    lab.close();
  }
}
