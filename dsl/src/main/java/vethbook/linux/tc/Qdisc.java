package vethbook.linux.tc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.Reply;

/**
 * A queueing discipline as Linux reports it (RTM_NEWQDISC).
 *
 * @param kind {@code noqueue}, {@code netem}, ...
 * @param handle its number, {@code 0x80010000} for {@code 8001:}; 0 for one that Linux gave the
 *     device by itself
 * @param parent {@link Qdiscs#ROOT}, or what it hangs under
 * @param options what its kind alone has (TCA_OPTIONS), as sent
 * @param classes those of htb; empty for other kinds
 */
public record Qdisc(
    String kind,
    int linkIndex,
    int handle,
    int parent,
    ByteBuffer options,
    List<TrafficClass> classes,
    QdiscStatistics statistics) {
  public Qdisc {
    classes = List.copyOf(classes);
  }

  static Qdisc of(Reply reply) {
    Attributes attributes = reply.attributes(Qdiscs.FIXED_BYTES);
    String kind = attributes.string(Qdiscs.TCA_KIND);
    return new Qdisc(
        kind == null ? "" : kind,
        reply.int32(4),
        reply.int32(8),
        reply.int32(12),
        buffer(attributes.bytes(Qdiscs.TCA_OPTIONS)),
        List.of(),
        QdiscStatistics.of(attributes.nested(Qdiscs.TCA_STATS2)));
  }

  Qdisc with(List<TrafficClass> found) {
    return new Qdisc(kind, linkIndex, handle, parent, options, found, statistics);
  }

  public boolean isRoot() {
    return parent == Qdiscs.ROOT;
  }

  /** Whether Linux gave it to the device by itself, so that it cannot be deleted. */
  public boolean isDefault() {
    return handle == 0;
  }

  /** Its options, for the kinds that this package knows and that hold nothing else. */
  public Optional<QdiscKind> known() {
    return switch (kind) {
      case Netem.NAME -> Optional.of(Netem.of(options));
      case Tbf.NAME -> Optional.of(Tbf.of(options));
      case Htb.NAME -> Htb.of(this);
      case Fq.NAME -> Optional.of(Fq.of(options));
      case FqCodel.NAME -> Optional.of(FqCodel.of(options));
      case Pfifo.NAME -> Optional.of(Pfifo.of(options));
      case Noqueue.NAME -> Optional.of(new Noqueue());
      default -> Optional.empty();
    };
  }

  /** {@code 8001:}, {@code 1:10}, {@code root}. */
  public static String text(int handle) {
    if (handle == Qdiscs.ROOT) {
      return "root";
    }
    int minor = handle & 0xffff;
    return Integer.toHexString(handle >>> 16)
        + ":"
        + (minor == 0 ? "" : Integer.toHexString(minor));
  }

  /**
   * The bytes of a structure.
   *
   * @throws ExperimentException when there are fewer than it has
   */
  static ByteBuffer struct(byte @Nullable [] bytes, int least) {
    return struct(buffer(bytes), least);
  }

  static ByteBuffer struct(ByteBuffer bytes, int least) {
    if (bytes.limit() < least) {
      throw new ExperimentException(
          "Cannot read a qdisc's structure of %d bytes where %d are"
              .formatted(least, bytes.limit()));
    }
    return bytes;
  }

  static ByteBuffer buffer(byte @Nullable [] bytes) {
    return ByteBuffer.wrap(bytes == null ? new byte[0] : bytes).order(ByteOrder.nativeOrder());
  }
}
