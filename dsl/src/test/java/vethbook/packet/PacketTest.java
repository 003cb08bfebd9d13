package vethbook.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vethbook.linux.ExperimentException;

class PacketTest {
  private static final List<String> SAMPLES =
      List.of(
          Hex.IPV4_ECHO_REQUEST,
          Hex.IPV4_TCP_SYN,
          Hex.IPV4_UDP,
          Hex.IPV6_ECHO_REQUEST,
          Hex.IPV6_FRAGMENT,
          Hex.ARP_REQUEST,
          Hex.VLAN_ECHO_REQUEST);

  @Test
  void readsAnEchoRequest() {
    Packet packet = Hex.ip(Hex.IPV4_ECHO_REQUEST);

    assertThat(packet.getIp()).isEqualTo(new Ip(4, "10.0.9.1", "10.0.9.2", 1, 64, 0, false));
    assertThat(packet.getIcmp()).isEqualTo(new Icmp(4, 8, 0, 0xab6e, 2));
    assertThat(packet.getTcp()).isNull();
    assertThat(packet).hasToString("ICMP 10.0.9.1 → 10.0.9.2 echo request, 28 bytes");
  }

  @Test
  void readsTcpWithItsFlagsAndOptions() {
    Packet packet = Hex.ip(Hex.IPV4_TCP_SYN);

    assertThat(packet.getTcp())
        .isEqualTo(new Tcp(40000, 80, 1, 0, java.util.Set.of(TcpFlag.SYN), 0xfa00));
    assertThat(packet.getPayload()).isEmpty();
    assertThat(packet).hasToString("TCP 10.0.9.1 → 10.0.9.2 40000 → 80 SYN, 60 bytes");
  }

  @Test
  void readsUdpAndItsPayload() {
    Packet packet = Hex.ip(Hex.IPV4_UDP);

    assertThat(packet.getUdp()).isEqualTo(new Udp(5001, 53));
    assertThat(packet.getPayload()).asString().isEqualTo("abcd");
  }

  @Test
  void readsIpv6BehindItsExtensionHeaders() {
    assertThat(Hex.ip(Hex.IPV6_ECHO_REQUEST))
        .hasToString("ICMPv6 fd09::1 → fd09::2 echo request, 52 bytes");
    Packet fragment = Hex.ip(Hex.IPV6_FRAGMENT);
    assertThat(fragment.getIp()).isEqualTo(new Ip(6, "fd09::1", "fd09::2", 17, 64, 0x5a8, true));
    assertThat(fragment.getUdp()).isNull();
    assertThat(new PacketText(fragment).info()).isEqualTo("fragment at 1448");
  }

  @Test
  void readsEthernetItsVlanAndLeavesOutItsPadding() {
    Packet packet = Hex.ethernet(Hex.VLAN_ECHO_REQUEST);

    assertThat(packet.getEthernet())
        .isEqualTo(new Ethernet("02:00:00:00:00:01", "02:00:00:00:00:02", 0x0800, 42));
    assertThat(packet.getIcmp()).isEqualTo(new Icmp(4, 8, 0, 0xab6e, 2));
    assertThat(packet.getPayload()).isEmpty();
    assertThat(new PacketText(packet).info()).isEqualTo("id 43886, seq 2, VLAN 42");
  }

  @Test
  void readsArp() {
    PacketText text = new PacketText(Hex.ethernet(Hex.ARP_REQUEST));

    assertThat(text.protocol()).isEqualTo("ARP");
    assertThat(text.portsOrType()).isEqualTo("request");
    assertThat(text.info()).isEqualTo("who has 10.0.9.2? tell 10.0.9.1");
  }

  @ParameterizedTest
  @CsvSource({
    "IP, ff, not IP",
    "ETHERNET, 0102030405060708090a0b0c88cc, ethertype 0x88cc",
    "ETHERNET, 0102030405060708090a0b0c0040, Ethernet",
    "IP, 4500001400000000402f00000a0000010a000002, GRE",
    "IP, 450000140000000040fe00000a0000010a000002, IP protocol 254",
  })
  void namesWhatItDoesNotDecode(LinkType link, String hex, String protocol) {
    assertThat(Packet.of(link, Hex.bytes(hex)).getProtocol()).isEqualTo(protocol);
  }

  @Test
  void anEchoReplyGoesBackWithRightChecksums() {
    for (String request : List.of(Hex.IPV4_ECHO_REQUEST, Hex.IPV6_ECHO_REQUEST)) {
      Packet packet = Hex.ip(request);
      Packet reply = java.util.Objects.requireNonNull(packet.echoReply());

      assertThat(reply.getSource()).isEqualTo(packet.getDestination());
      assertThat(reply.getDestination()).isEqualTo(packet.getSource());
      assertThat(new PacketText(reply).portsOrType()).isEqualTo("echo reply");
      assertThat(reply.getPayload()).isEqualTo(packet.getPayload());
      assertThat(hasRightChecksums(reply)).isTrue();
      assertThat(reply.echoReply()).isNull();
    }
  }

  @Test
  void anArpReplyTellsTheAddress() {
    Packet reply =
        java.util.Objects.requireNonNull(
            Hex.ethernet(Hex.ARP_REQUEST).arpReply("02:00:00:00:00:02"));

    assertThat(reply.getArp())
        .isEqualTo(new Arp(2, "02:00:00:00:00:02", "10.0.9.2", "02:00:00:00:00:01", "10.0.9.1"));
    assertThat(reply.getEthernet())
        .isEqualTo(new Ethernet("02:00:00:00:00:02", "02:00:00:00:00:01", 0x0806, -1));
    assertThat(reply.arpReply("02:00:00:00:00:02")).isNull();
  }

  @Test
  void reversedSwapsAddressesAndPorts() {
    Packet packet = Hex.ip(Hex.IPV4_TCP_SYN).reversed();

    assertThat(packet).hasToString("TCP 10.0.9.2 → 10.0.9.1 80 → 40000 SYN, 60 bytes");
    assertThat(hasRightChecksums(packet)).isTrue();
    assertThat(packet.reversed().reversed().getBytes()).isEqualTo(packet.getBytes());
  }

  @Test
  void changesOfFieldsKeepTheRestAndTheChecksums() {
    Packet packet =
        Hex.ip(Hex.IPV4_UDP)
            .withSource("192.168.0.1")
            .withDestination("192.168.0.2")
            .withSourcePort(1)
            .withDestinationPort(2)
            .withTtl(3)
            .withPayload("odd".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    assertThat(packet).hasToString("UDP 192.168.0.1 → 192.168.0.2 1 → 2, 31 bytes");
    assertThat(java.util.Objects.requireNonNull(packet.getIp()).ttl()).isEqualTo(3);
    assertThat(packet.getPayload()).asString().isEqualTo("odd");
    assertThat(packet.isTruncated()).isFalse();
    assertThat(hasRightChecksums(packet)).isTrue();
    assertThat(hasRightChecksums(Hex.ip(Hex.IPV6_ECHO_REQUEST).withPayload(new byte[1000])))
        .isTrue();
  }

  @Test
  void refusesChangesThatMakeNoSense() {
    Packet udp = Hex.ip(Hex.IPV4_UDP);
    Packet arp = Hex.ethernet(Hex.ARP_REQUEST);

    assertThatThrownBy(() -> udp.withSource("fd00::1"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("same version");
    assertThatThrownBy(() -> udp.withDestinationPort(70_000)).hasMessageContaining("0 to 65535");
    assertThatThrownBy(() -> udp.withTtl(256)).hasMessageContaining("0 to 255");
    assertThatThrownBy(() -> udp.withPayload(new byte[70_000])).hasMessageContaining("65535");
    assertThatThrownBy(() -> arp.withSourcePort(1)).hasMessageContaining("TCP or UDP");
    assertThatThrownBy(() -> arp.withTtl(1)).hasMessageContaining("IP packet");
    assertThatThrownBy(() -> arp.arpReply("x")).hasMessageContaining("as a MAC address");
  }

  @ParameterizedTest
  @EnumSource(LinkType.class)
  void everyTruncationIsReadAsFarAsItGoes(LinkType link) {
    for (String sample : SAMPLES) {
      byte[] whole = Hex.bytes(sample);
      for (int length = 0; length <= whole.length; length++) {
        use(Packet.of(link, Arrays.copyOf(whole, length)));
      }
    }
    assertThat(Hex.ip(Hex.IPV4_TCP_SYN.substring(0, 71)).isTruncated()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(LinkType.class)
  void noBytesMakeTheDecoderThrow(LinkType link) {
    Random random = new Random(9);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = Hex.bytes(SAMPLES.get(random.nextInt(SAMPLES.size())));
      for (int change = random.nextInt(8); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      use(Packet.of(link, Arrays.copyOf(bytes, random.nextInt(bytes.length + 40))));
    }
  }

  /** Reads all that a packet says, and makes all that can be made of any. */
  private static void use(Packet packet) {
    assertThat(packet.toString()).isNotEmpty();
    assertThat(new PacketText(packet).info()).isNotNull();
    assertThat(packet.getPayload().length).isLessThanOrEqualTo(packet.getLength());
    assertThat(packet.reversed().getLength()).isEqualTo(packet.getLength());
    Packet echo = packet.echoReply();
    assertThat(echo == null || echo.getLength() == packet.getLength()).isTrue();
    Packet arp = packet.arpReply("02:00:00:00:00:02");
    assertThat(arp == null || arp.getLength() == packet.getLength()).isTrue();
    packet.withPayload(new byte[3]);
  }

  /** By the rule for who receives: all words and the checksum together sum up to ones. */
  private static boolean hasRightChecksums(Packet packet) {
    Octets octets = new Octets(packet.getBytes());
    Layers layers = packet.layers();
    boolean isIpv4 = octets.int8(0) >> 4 == 4;
    int addresses = isIpv4 ? 12 : 8;
    int protocol = java.util.Objects.requireNonNull(packet.getIp()).protocol();
    long pseudo =
        protocol == 1
            ? 0
            : octets.sum(addresses, isIpv4 ? 20 : 40)
                + protocol
                + (layers.end() - layers.transportAt());
    boolean isHeaderRight = !isIpv4 || folded(octets.sum(0, 20)) == 0xffff;
    return isHeaderRight
        && folded(pseudo + octets.sum(layers.transportAt(), layers.end())) == 0xffff;
  }

  private static long folded(long sum) {
    return sum <= 0xffff ? sum : folded((sum & 0xffff) + (sum >> 16));
  }
}
