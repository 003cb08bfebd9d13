package vethbook.linux.tc;

import java.nio.ByteBuffer;
import vethbook.linux.netlink.Attributes;
import vethbook.linux.netlink.Reply;

/**
 * A class of a qdisc as Linux reports it (RTM_NEWTCLASS).
 *
 * @param handle its number, {@code 0x00010010} for {@code 1:10}
 * @param parent the class or qdisc that it belongs to
 * @param options what its kind alone has (TCA_OPTIONS), as sent
 */
public record TrafficClass(int handle, int parent, ByteBuffer options) {
  static TrafficClass of(Reply reply) {
    Attributes attributes = reply.attributes(Qdiscs.FIXED_BYTES);
    return new TrafficClass(
        reply.int32(8), reply.int32(12), Qdisc.buffer(attributes.bytes(Qdiscs.TCA_OPTIONS)));
  }
}
