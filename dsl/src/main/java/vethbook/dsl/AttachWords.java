package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;
import vethbook.lab.Attachment;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.tool.ContainerEngine;
import vethbook.tool.ContainerEngine.Container;

/**
 * Words for namespaces that somebody else has made. A lab uses them like its own; what it changes
 * there is undone when it closes, or by {@code vethbook clean} if it could not.
 *
 * <ul>
 *   <li>{@code pid}: the number of a process that runs in the namespace
 *   <li>{@code name}: a name that ip netns has given, a file of /run/netns
 *   <li>{@code path}: the file that the namespace is mounted on
 *   <li>{@code as}: the name in this lab; default the container's
 *   <li>{@code engine}: 'docker' or 'podman'; default whichever has it
 * </ul>
 */
public interface AttachWords {
  /**
   * Attaches a network namespace under a name of this lab: that of a process ({@code netns 'box',
   * pid: 4711}), one that {@code ip netns add} has made ({@code name: 'blue'}), or one that is
   * mounted on a file ({@code path: '/run/netns/blue'}).
   */
  default Netns netns(
      @NamedParams({@NamedParam("pid"), @NamedParam("name"), @NamedParam("path")})
          Map<String, ?> options,
      String name) {
    Options checked = new Options(AttachWords.class, "netns", options);
    if (options.size() != 1) {
      throw new PlanException(
          "Cannot attach netns " + name + " by " + String.join(", ", options.keySet()),
          "say one of pid:, name: and path:");
    }
    return LabScript.session(this).lab().attach(name, attachment(checked));
  }

  /** The same, named after what it is attached by. */
  default Netns netns(
      @NamedParams({@NamedParam("pid"), @NamedParam("name"), @NamedParam("path")})
          Map<String, ?> options) {
    Options checked = new Options(AttachWords.class, "netns", options);
    if (checked.has("pid")) {
      return netns(options, "pid-" + checked.count("pid", 0, 1));
    }
    Path file = Path.of(checked.text(checked.has("name") ? "name" : "path"));
    return netns(options, String.valueOf(file.getFileName()));
  }

  private static Attachment attachment(Options checked) {
    if (checked.has("pid")) {
      return Attachment.process(checked.count("pid", 0, 1));
    }
    if (checked.has("name")) {
      String name = checked.text("name");
      if (name.contains("/")) {
        throw new PlanException(
            "Cannot take '" + name + "' as the name of a netns", "for a file say path: '/...'");
      }
      return Attachment.file(Path.of("/run/netns", name));
    }
    return Attachment.file(Path.of(checked.text("path")).toAbsolutePath());
  }

  /**
   * Attaches the network namespace of a container that runs.
   *
   * @param nameOrId its name, its id, or the first characters of its id
   */
  default Netns container(
      @NamedParams({@NamedParam("as"), @NamedParam(value = "engine", type = ContainerEngine.class)})
          Map<String, ?> options,
      String nameOrId) {
    Options checked = new Options(AttachWords.class, "container", options);
    List<ContainerEngine> engines =
        checked.has("engine")
            ? List.of(checked.choice("engine", ContainerEngine.class, ContainerEngine.DOCKER))
            : List.of(ContainerEngine.values());
    Container found = ContainerEngine.find(nameOrId, engines);
    return LabScript.session(this)
        .lab()
        .attach(
            checked.has("as") ? checked.text("as") : found.name(),
            Attachment.container(found.engine().command(), found.name(), found.pid()));
  }

  default Netns container(String nameOrId) {
    return container(Map.of(), nameOrId);
  }

  /**
   * All network namespaces of this machine with their processes and devices, as far as this user
   * may look: {@code lsns -t net}. Nothing is changed.
   */
  default Table namespaces() {
    return NetnsTable.ofMachine();
  }
}
