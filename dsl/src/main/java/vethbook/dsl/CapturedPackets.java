package vethbook.dsl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.lab.Device;
import vethbook.lab.PlanException;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Errno;
import vethbook.packet.Captured;
import vethbook.packet.Packet;
import vethbook.tool.Tabular;
import vethbook.tool.Tcpdump;
import vethbook.view.TableView;

/** The packets that a capture saw at one or more devices, in the order of time. */
public final class CapturedPackets implements Tabular {
  private final List<Tcpdump.Seen> seen;
  private final @Nullable Object value;

  CapturedPackets(List<Tcpdump.Seen> seen, @Nullable Object value) {
    this.seen = List.copyOf(seen);
    this.value = value;
  }

  private record Row(String hop, Captured captured, Instant time) {}

  /** What the block's last line yielded. */
  public @Nullable Object getValue() {
    return value;
  }

  /** All packets, in the order of time. */
  public List<Packet> getPackets() {
    return sorted().stream().map(row -> row.captured().packet()).toList();
  }

  /** The packets seen at one device: {@code packets.at(client.eth0)}. */
  public List<Packet> at(Device device) {
    String name = name(device);
    return seen.stream()
        .filter(one -> one.hop().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new PlanException(
                    "Cannot find packets at " + name,
                    "the capture was at "
                        + String.join(", ", seen.stream().map(one -> one.hop().name()).toList())))
        .packets()
        .stream()
        .map(Captured::packet)
        .toList();
  }

  static String name(Device device) {
    return device.netns().name() + "." + device.name();
  }

  /** Where they are kept until the lab ends, one file for each device: Wireshark reads them. */
  public List<Path> getFiles() {
    return seen.stream().map(Tcpdump.Seen::file).toList();
  }

  /**
   * Copies the files into a folder, which is made when it is not there: {@code client.eth0.pcap}.
   *
   * @return where they are now
   */
  public List<Path> save(String folder) {
    List<Path> copies = new ArrayList<>();
    try {
      Path into = Files.createDirectories(Path.of(folder).toAbsolutePath());
      for (Path file : getFiles()) {
        copies.add(
            Files.copy(
                file, into.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING));
      }
      return copies;
    } catch (IOException e) {
      throw new ExperimentException(
          "Cannot save captured packets in " + folder, "linux", Errno.in(e), null, e);
    }
  }

  private List<Row> sorted() {
    List<Row> rows = new ArrayList<>();
    for (Tcpdump.Seen one : seen) {
      for (Captured captured : one.packets()) {
        Instant time = captured.packet().getTime();
        rows.add(new Row(one.hop().name(), captured, time == null ? Instant.EPOCH : time));
      }
    }
    rows.sort(Comparator.comparing(Row::time));
    return rows;
  }

  @Override
  public String title() {
    return "captured packets";
  }

  @Override
  public List<Map<String, Object>> rows() {
    List<Row> all = sorted();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Row row : all) {
      Map<String, Object> cells = new LinkedHashMap<>();
      cells.put("time (s)", Duration.between(all.get(0).time(), row.time()).toNanos() / 1e9);
      cells.put("at", row.hop());
      cells.put("length (bytes)", row.captured().length());
      cells.putAll(row.captured().headers());
      rows.add(cells);
    }
    return rows;
  }

  MimeBundle bundle() {
    return rows().isEmpty()
        ? MimeBundle.plain(toString())
        : TableView.bundle(TableView.table(toString(), rows()));
  }

  /** {@code 6 packets at client.eth0, 6 at box.eth0}. */
  @Override
  public String toString() {
    List<String> places = new ArrayList<>();
    for (Tcpdump.Seen one : seen) {
      places.add(
          "%d packets at %s%s"
              .formatted(
                  one.packets().size(),
                  one.hop().name(),
                  one.dropped() == 0 ? "" : " (%d more were too many)".formatted(one.dropped())));
    }
    return String.join(", ", places);
  }
}
