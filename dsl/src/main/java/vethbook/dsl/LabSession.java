package vethbook.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vethbook.diagnose.Diagnosis;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Host;
import vethbook.extension.MimeBundle;
import vethbook.extension.Renderer;
import vethbook.extension.Slot;
import vethbook.extension.Suggestion;
import vethbook.lab.Device;
import vethbook.lab.Lab;
import vethbook.lab.Netns;
import vethbook.lab.NftText;
import vethbook.lab.PacketRule;
import vethbook.measure.Calibration;
import vethbook.packet.Packet;
import vethbook.packet.PacketLog;
import vethbook.tun.Relay;
import vethbook.view.PacketTable;
import vethbook.view.Pictures;
import vethbook.view.Renderers;
import vethbook.view.TopologyPicture;

/** One notebook's lab and what its words need. */
public final class LabSession implements ExtensionSession {

  private final Host host;
  private final Lab lab;
  private final Features features = new Features();
  private final Suggestions suggestions;
  private final Pictures pictures;
  private final TrafficWords traffic;
  private final Tools tools;
  private final Counting counting;
  private final ExperimentWords experiments;

  /**
   * @param title what {@code vethbook ps} calls the lab
   */
  public LabSession(Host host, String title) {
    this.host = host;
    this.lab = new Lab(title);
    lab.notCleaned().ifPresent(e -> host.display(MimeBundle.plain(e.describe(""))));
    lab.notesTo(note -> host.display(MimeBundle.plain(note)));
    this.suggestions = new Suggestions(lab, features);
    this.pictures = new Pictures(warning -> host.display(MimeBundle.plain(warning)));
    this.traffic = new TrafficWords(lab);
    this.tools = new Tools(traffic);
    this.counting = new Counting(lab);
    this.experiments =
        new ExperimentWords(
            host, title, lab, features, pictures, new WarmUp(pictures), counting, traffic.used());
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

  Tools tools() {
    return tools;
  }

  Counting counting() {
    return counting;
  }

  Pictures pictures() {
    return pictures;
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
    return List.of(
        "vethbook.lab",
        "vethbook.dsl",
        "vethbook.tool",
        "vethbook.packet",
        "vethbook.tun",
        "tech.tablesaw.api");
  }

  @Override
  public List<String> importedStatics() {
    return List.of(
        "vethbook.lab.IpvlanMode",
        "vethbook.lab.MacvlanMode",
        "vethbook.tool.NetperfTest",
        "vethbook.packet.TcpFlag");
  }

  @Override
  public List<Renderer<?>> renderers() {
    List<Renderer<?>> all = new ArrayList<>(Renderers.of(pictures));
    // records that say themselves in one line what they are
    for (Class<?> type :
        List.of(
            VethPair.class,
            NetkitPair.class,
            DataSize.class,
            Relay.class,
            Packet.class,
            BackgroundProcess.class,
            PacketRule.class,
            NftText.class,
            Calibration.class)) {
      all.add(Renderer.of(type, value -> MimeBundle.plain(value.toString())));
    }
    all.add(Renderer.of(PacketLog.class, PacketTable::bundle));
    all.add(Renderer.of(Counted.class, Counted::bundle));
    all.add(Renderer.of(Conclusion.class, Conclusion::bundle));
    all.add(Renderer.of(ClaimsView.class, ClaimsView::bundle));
    all.add(Renderer.of(RunComparisonView.class, RunComparisonView::bundle));
    all.add(Renderer.of(Diagnosis.class, DiagnosisView::bundle));
    all.add(Renderer.of(ExperimentResult.class, ExperimentResult::bundle));
    all.addAll(TuningRenderers.all());
    all.addAll(ToolRenderers.all());
    all.add(
        Renderer.of(Lab.class, shown -> TopologyPicture.bundle(pictures, LabTopology.of(shown))));
    all.addAll(ValueRenderers.all());
    all.addAll(ValueRenderers.general());
    return all;
  }

  @Override
  public List<Suggestion> suggest(Slot slot) {
    return suggestions.at(slot);
  }

  @Override
  public Optional<String> example(String word) {
    return ReadmeExamples.of(word);
  }

  @Override
  public Map<String, Object> parts(Object value) {
    return Suggestions.parts(value);
  }

  @Override
  public Optional<Class<?>> partType(Class<?> type) {
    return type == Netns.class ? Optional.of(Device.class) : Optional.empty();
  }

  @Override
  public Map<String, Object> variables() {
    return Map.of();
  }

  @Override
  public List<String> places() {
    return lab.namespaces().stream().map(Netns::name).sorted().toList();
  }

  /** Ended with this process, as all programs of a lab are. */
  @Override
  public List<String> enter(String place) {
    Netns netns = place.equals("host") ? lab.host() : lab.existing(place);
    String namespace = "/proc/" + ProcessHandle.current().pid() + "/fd/" + netns.handle().fd();
    return List.of("setpriv", "--pdeathsig", "KILL", "--", "nsenter", "--net=" + namespace, "--");
  }

  @Override
  public void close() {
    try {
      tools.close();
      lab.close();
    } finally {
      pictures.close();
    }
  }
}
