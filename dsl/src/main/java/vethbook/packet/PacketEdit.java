package vethbook.packet;

import java.net.InetAddress;
import java.util.Arrays;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.Mac;

/** Changes to a copy of a packet; its checksums are made anew at the end. */
final class PacketEdit {
  private static final int LARGEST = 0xffff;

  private final Packet packet;
  private byte[] bytes;
  private Octets octets;
  private Layers layers;

  PacketEdit(Packet packet) {
    this.packet = packet;
    this.bytes = packet.getBytes();
    this.octets = new Octets(bytes);
    this.layers = packet.layers();
  }

  Packet done() {
    Checksums.repair(bytes, layers);
    return Packet.of(packet.getLink(), bytes);
  }

  PacketEdit reverse() {
    if (layers.ethernet() != null) {
      octets.swap(0, 6, 6);
    }
    Ip ip = layers.ip();
    if (ip != null) {
      int size = ip.version() == 4 ? 4 : 16;
      int source = layers.ipAt() + (ip.version() == 4 ? 12 : 8);
      octets.swap(source, source + size, size);
    }
    if (hasPorts()) {
      octets.swap(layers.transportAt(), layers.transportAt() + 2, 2);
    }
    return this;
  }

  PacketEdit echoReply(int version) {
    bytes[layers.transportAt()] = (byte) (version == 4 ? 0 : Icmp.REPLY6);
    return this;
  }

  PacketEdit arpReply(String mac) {
    byte[] own = Mac.parse(mac);
    int arpAt = layers.payloadAt() - 28;
    octets.int16(arpAt + 6, Arp.REPLY);
    octets.swap(arpAt + 8, arpAt + 18, 10); // the sender's MAC and IP address, and the target's
    System.arraycopy(own, 0, bytes, arpAt + 8, own.length);
    System.arraycopy(own, 0, bytes, 6, own.length);
    return this;
  }

  PacketEdit address(String text, boolean isSource) {
    InetAddress address = Cidr.parseAddress(text);
    Ip ip = layers.ip();
    int size = address.getAddress().length;
    if (ip == null || size != (ip.version() == 4 ? 4 : 16)) {
      throw refused("give it address " + text, "it must be an IP packet of the same version");
    }
    int first = layers.ipAt() + (ip.version() == 4 ? 12 : 8);
    System.arraycopy(address.getAddress(), 0, bytes, isSource ? first : first + size, size);
    return this;
  }

  PacketEdit port(int port, int offset) {
    if (port < 0 || port > LARGEST || !hasPorts()) {
      throw refused(
          "give it port " + port, "it must be a whole TCP or UDP header, and the port 0 to 65535");
    }
    octets.int16(layers.transportAt() + offset, port);
    return this;
  }

  PacketEdit ttl(int hops) {
    Ip ip = layers.ip();
    if (hops < 0 || hops > 255 || ip == null) {
      throw refused("give it ttl " + hops, "it must be an IP packet, and the ttl 0 to 255");
    }
    bytes[layers.ipAt() + (ip.version() == 4 ? 8 : 7)] = (byte) hops;
    return this;
  }

  PacketEdit payload(byte[] payload) {
    int head = layers.payloadAt();
    Ip ip = layers.ip();
    int ipLength = head + payload.length - Math.max(layers.ipAt(), 0);
    if (ipLength > LARGEST) {
      throw refused(
          "give it a payload of " + payload.length + " bytes", "a packet has 65535 at most");
    }
    bytes = Arrays.copyOf(bytes, head + payload.length);
    System.arraycopy(payload, 0, bytes, head, payload.length);
    octets = new Octets(bytes);
    if (ip != null) {
      int field = layers.ipAt() + (ip.version() == 4 ? 2 : 4);
      octets.int16(field, ip.version() == 4 ? ipLength : ipLength - 40);
    }
    if (layers.udp() != null) {
      octets.int16(layers.transportAt() + 4, 8 + payload.length);
    }
    layers = Decoder.decode(packet.getLink(), bytes);
    return this;
  }

  private boolean hasPorts() {
    return layers.tcp() != null || layers.udp() != null;
  }

  private ExperimentException refused(String change, String next) {
    return new ExperimentException(
        "Cannot change packet '" + packet + "': " + change, null, null, next, null);
  }
}
