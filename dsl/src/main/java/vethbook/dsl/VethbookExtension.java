package vethbook.dsl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import vethbook.dsl.command.Commands;
import vethbook.dsl.command.CountedRun;
import vethbook.extension.Extension;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Host;
import vethbook.extension.ResultsReader;
import vethbook.extension.RunPlace;
import vethbook.linux.CountedTime;

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

  @Override
  public Map<String, String> record() {
    return CountedTime.qemu()
        .map(
            qemu ->
                Map.of("Clock", CountedTime.CLOCK + " (QEMU " + qemu + "). " + CountedTime.MEANING))
        .orElse(Map.of());
  }

  @Override
  public List<RunPlace> runPlaces() {
    return List.of(new CountedRun());
  }
}
