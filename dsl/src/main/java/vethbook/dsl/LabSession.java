package vethbook.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Host;
import vethbook.extension.MimeBundle;
import vethbook.extension.Renderer;
import vethbook.lab.Device;
import vethbook.lab.Lab;
import vethbook.lab.Netns;
import vethbook.tool.Ping;
import vethbook.tool.TrafficResult;
import vethbook.view.Pictures;
import vethbook.view.Renderers;
import vethbook.view.TableView;
import vethbook.view.TopologyPicture;

/** One notebook's lab and what its words need. */
public final class LabSession implements ExtensionSession {
  private final Host host;
  private final Lab lab;
  private final Features features = new Features();
  private final Pictures pictures;
  private final TrafficWords traffic;
  private final ExperimentWords experiments;

  /**
   * @param title what {@code vethbook ps} calls the lab
   */
  public LabSession(Host host, String title) {
    this.host = host;
    this.lab = new Lab(title);
    this.pictures = new Pictures(warning -> host.display(MimeBundle.plain(warning)));
    this.traffic = new TrafficWords(lab);
    this.experiments = new ExperimentWords(host, features, pictures, new WarmUp(pictures));
  }

  Host host() {
    return host;
  }

  public Lab lab() {
    return lab;
  }

  TrafficWords traffic() {
    return traffic;
  }

  ExperimentWords experiments() {
    return experiments;
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
    return List.of("vethbook.lab", "vethbook.dsl", "vethbook.tool", "tech.tablesaw.api");
  }

  @Override
  public List<String> importedStatics() {
    return List.of(
        "vethbook.lab.IpvlanMode", "vethbook.lab.MacvlanMode", "vethbook.tool.NetperfTest");
  }

  @Override
  public List<Renderer<?>> renderers() {
    List<Renderer<?>> all = new ArrayList<>(Renderers.of(pictures));
    // records that say themselves in one line what they are
    for (Class<?> type :
        List.of(TrafficResult.class, Ping.Result.class, VethPair.class, DataSize.class)) {
      all.add(Renderer.of(type, value -> MimeBundle.plain(value.toString())));
    }
    all.add(Renderer.of(Conclusion.class, Conclusion::bundle));
    all.add(Renderer.of(ExperimentResult.class, ExperimentResult::bundle));
    all.add(
        Renderer.of(Lab.class, shown -> TopologyPicture.bundle(pictures, LabTopology.of(shown))));
    all.add(Renderer.of(Device.class, device -> MimeBundle.plain(LabTopology.line(device))));
    all.add(Renderer.of(Netns.class, netns -> TableView.bundle(LabTopology.devices(netns))));
    return all;
  }

  @Override
  public Map<String, Object> variables() {
    return Map.of();
  }

  @Override
  public void close() {
    try {
      lab.close();
    } finally {
      pictures.close();
    }
  }
}
