package vethbook.dsl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import vethbook.lab.RunningLab;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsEntry;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.rtnetlink.Addresses.Assigned;
import vethbook.linux.rtnetlink.Link;
import vethbook.view.TableView;

/** The network namespaces of the machine as a table. */
public final class NetnsTable {
  private static final int COMMANDS = 3;

  private NetnsTable() {}

  /** All that this user may see: number, what it is, processes, devices with addresses. */
  public static Table ofMachine() {
    Map<Long, String> labs = labs();
    long host = NetnsHandle.hostInode();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (NetnsEntry entry : NetnsEntry.all()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("netns", Long.toString(entry.inode()));
      row.put("what", entry.inode() == host ? "host" : what(entry, labs));
      row.put("processes", entry.pids().size());
      row.put("commands", commands(entry));
      row.put("devices", devices(entry));
      rows.add(row);
    }
    return TableView.table("network namespaces of this machine", rows);
  }

  /** The namespaces that labs hold, as {@code lab first.ipynb: client}. */
  private static Map<Long, String> labs() {
    Map<Long, String> labs = new HashMap<>();
    for (RunningLab lab : RunningLab.all()) {
      for (String name : lab.namespaces().keySet()) {
        NetnsEntry.inodeOf(Path.of(lab.path(name)))
            .ifPresent(
                inode -> labs.merge(inode, lab.title() + ": " + name, (a, b) -> a + ", " + b));
      }
    }
    return labs;
  }

  private static String what(NetnsEntry entry, Map<Long, String> labs) {
    List<String> known = new ArrayList<>();
    entry.names().forEach(file -> known.add(file.toString()));
    Optional.ofNullable(labs.get(entry.inode())).ifPresent(lab -> known.add("lab " + lab));
    return String.join(", ", known);
  }

  private static String commands(NetnsEntry entry) {
    String first =
        entry.pids().stream()
            .limit(COMMANDS)
            .map(pid -> command(pid) + " (" + pid + ")")
            .collect(Collectors.joining(", "));
    return entry.pids().size() > COMMANDS ? first + ", …" : first;
  }

  private static String command(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/comm")).get(0);
    } catch (IOException | IndexOutOfBoundsException e) {
      return "ended";
    }
  }

  private static String devices(NetnsEntry entry) {
    try (NetnsHandle handle = opened(entry)) {
      return handle == null ? "gone" : devices(handle);
    } catch (ExperimentException e) {
      return "not permitted to look";
    }
  }

  /** Without root nobody may enter the host's, not even who is in it already. */
  private static @Nullable NetnsHandle opened(NetnsEntry entry) {
    return entry.inode() == NetnsHandle.hostInode()
        ? NetnsHandle.host()
        : entry.open("[" + entry.inode() + "]").orElse(null);
  }

  private static String devices(NetnsHandle handle) {
    List<Assigned> addresses = handle.addresses().list();
    return handle.links().list().stream()
        .filter(link -> !link.name().equals("lo"))
        .map(link -> device(link, addresses))
        .collect(Collectors.joining(", "));
  }

  private static String device(Link link, List<Assigned> addresses) {
    return addresses.stream()
        .filter(given -> given.linkIndex() == link.index())
        .map(Assigned::cidr)
        .filter(cidr -> !cidr.address().isLinkLocalAddress())
        .map(cidr -> " " + cidr)
        .collect(Collectors.joining("", link.name(), ""));
  }
}
