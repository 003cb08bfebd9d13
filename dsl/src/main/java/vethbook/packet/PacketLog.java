package vethbook.packet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Errno;

/**
 * The packets that went through a program, in order: all are counted, the last ones are kept, as
 * many as fit 16 MiB and the number asked for. Any thread may add and read.
 */
public final class PacketLog implements Iterable<Packet> {
  private static final long MOST_BYTES = 16 << 20;

  private final String name;
  private final LinkType link;
  private final int most;
  private final Deque<Packet> kept = new ArrayDeque<>();
  private long keptBytes;
  private long packets;
  private long bytes;
  private long failures;
  private @Nullable Throwable lastFailure;

  /**
   * @param name what it is of, such as {@code client.tun0}
   * @param most packets kept, 1 or more
   */
  public PacketLog(String name, LinkType link, int most) {
    this.name = name;
    this.link = link;
    this.most = most;
  }

  public synchronized void add(Packet packet) {
    packets++;
    bytes += packet.getLength();
    keptBytes += packet.getLength();
    kept.add(packet);
    while (kept.size() > most || keptBytes > MOST_BYTES) {
      keptBytes -= kept.remove().getLength();
    }
  }

  /** Notes that the program failed on a packet. */
  public synchronized void failed(Throwable failure) {
    failures++;
    lastFailure = failure;
  }

  /** What it is of, such as {@code client.tun0}. */
  public String getName() {
    return name;
  }

  /** All packets since the program began, those no longer kept included. */
  public synchronized long getCount() {
    return packets;
  }

  /** Bytes of all packets since the program began. */
  public synchronized long getBytes() {
    return bytes;
  }

  /** On how many packets the program failed. */
  public synchronized long getFailures() {
    return failures;
  }

  /** What the program threw last. */
  public synchronized Optional<Throwable> getLastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /** The packets that are kept, from the oldest. */
  public synchronized List<Packet> getKept() {
    return List.copyOf(kept);
  }

  @Override
  public Iterator<Packet> iterator() {
    return getKept().iterator();
  }

  /**
   * The kept packets as rows of named values. Time counts from the first of them; {@code out} is
   * what Linux sent, {@code in} what it received from the program.
   */
  public List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    List<Packet> all = getKept();
    for (Packet packet : all) {
      PacketText text = new PacketText(packet);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("time (s)", seconds(all.get(0), packet));
      row.put("direction", packet.isReply() ? "in" : "out");
      row.put("length (bytes)", packet.getLength());
      row.putAll(text.row());
      rows.add(row);
    }
    return rows;
  }

  private static double seconds(Packet first, Packet packet) {
    return first.getTime() == null || packet.getTime() == null
        ? Double.NaN
        : java.time.Duration.between(first.getTime(), packet.getTime()).toNanos() / 1e9;
  }

  /** Writes the kept packets to a file that tcpdump and Wireshark read; returns its path. */
  public Path save(String file) {
    Path path = Path.of(file).toAbsolutePath();
    try {
      PcapFile.write(path, link, getKept());
      return path;
    } catch (IOException e) {
      throw new ExperimentException(
          "Cannot write the packets of " + name + " to " + path, "linux", Errno.in(e), null, e);
    }
  }

  /** {@code client.tun0: 12 packets, 1008 bytes}. */
  @Override
  public synchronized String toString() {
    return "%s: %d packets, %d bytes%s"
        .formatted(name, packets, bytes, failures == 0 ? "" : ", " + failures + " failures");
  }
}
