package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vethbook.lab.Device;
import vethbook.lab.Mapping;
import vethbook.lab.Netns;
import vethbook.lab.PacketRule;
import vethbook.lab.PlanException;
import vethbook.lab.filter.Translations.Balance;
import vethbook.linux.Cidr;

/**
 * What a cell can say to a namespace about the addresses of packets that pass it (NAT, RFC 3022).
 * What such a rule counts are connections.
 *
 * <ul>
 *   <li>{@code to}: where it goes instead: an address, a device or a namespace; for a service a
 *       list of them
 *   <li>{@code out}: the device through which the packets leave
 *   <li>{@code publish port, service port}: the port there, 1 to 65535; default the same
 *   <li>{@code protocol}: 'tcp' (default) or 'udp'
 *   <li>{@code address}: the address of this namespace that is published; default all
 *   <li>{@code by}: how one of several is chosen
 * </ul>
 */
public final class TranslationWords {
  private static final Pattern SOCKET = Pattern.compile("(?:\\[(.+)]|([^:]+)):(\\d{1,5})");

  private TranslationWords() {}

  /**
   * Packets from a network that leave through a device get that device's address: {@code nft ...
   * masquerade}.
   *
   * <p>Options: {@code out} (a device of this namespace).
   *
   * @param source the network, such as {@code '172.17.1.0/24'}
   */
  public static PacketRule masquerade(
      Netns self,
      @NamedParams(@NamedParam(value = "out", type = Device.class)) Map<String, ?> options,
      String source) {
    PacketOptions packets = packets("masquerade", options, self);
    return self.masquerade(Cidr.parse(source), packets.device("out"));
  }

  public static PacketRule masquerade(Netns self, String source) {
    return masquerade(self, Map.of(), source);
  }

  /**
   * Packets from a network that leave through a device get a certain address: {@code nft ... snat}.
   *
   * <p>Options: {@code to} (an address, or a device which has it), {@code out} (a device of this
   * namespace).
   *
   * @param source the network, such as {@code '172.17.1.0/24'}
   */
  public static PacketRule snat(
      Netns self,
      @NamedParams({@NamedParam("to"), @NamedParam(value = "out", type = Device.class)})
          Map<String, ?> options,
      String source) {
    PacketOptions packets = packets("snat", options, self);
    Cidr network = Cidr.parse(source).network();
    List<InetAddress> targets = packets.targets("to");
    InetAddress to =
        targets.stream()
            .filter(address -> (address.getAddress().length == 16) == network.isIpv6())
            .findFirst()
            .orElse(targets.get(0));
    return self.packetRules().snat(network, packets.device("out"), to);
  }

  public static PacketRule snat(Netns self, String source) {
    return snat(self, Map.of(), source);
  }

  /**
   * Packets to an address go to another, whatever their port: {@code nft ... dnat}. Answers come
   * back under the first address.
   *
   * <p>Options: {@code to} (a device or an address).
   */
  public static PacketRule dnat(
      Netns self, @NamedParams(@NamedParam("to")) Map<String, ?> options, String address) {
    PacketOptions packets = packets("dnat", options, self);
    InetAddress from = Cidr.parseAddress(address);
    List<InetAddress> targets = packets.targets("to");
    InetAddress to =
        targets.stream()
            .filter(target -> target.getAddress().length == from.getAddress().length)
            .findFirst()
            .orElse(targets.get(0));
    return self.packetRules().dnat(from, to);
  }

  public static PacketRule dnat(Netns self, String address) {
    return dnat(self, Map.of(), address);
  }

  /**
   * A port of this namespace leads to a port elsewhere, as {@code docker run -p 8080:80}: from
   * outside, from its own programs also by 127.0.0.1 (which takes {@code
   * net.ipv4.conf.DEV.route_localnet=1}), and from the target's own network.
   *
   * <p>Options: {@code to} (a device or an address), {@code port} (there; the same when not given),
   * {@code protocol} (default 'tcp'), {@code address} (open the port on this address only).
   *
   * @param port from 1 to 65535
   */
  public static PacketRule publish(
      Netns self,
      @NamedParams({
            @NamedParam("to"),
            @NamedParam("port"),
            @NamedParam("protocol"),
            @NamedParam("address")
          })
          Map<String, ?> options,
      int port) {
    Options checked = new Options(TranslationWords.class, "publish", options);
    PacketOptions packets = new PacketOptions("publish", checked, self);
    PacketOptions.port("publish", port);
    List<InetAddress> targets = packets.targets("to");
    if (targets.stream().map(t -> t.getAddress().length).distinct().count() < targets.size()) {
      throw new PlanException(
          "Cannot publish port %d to several".formatted(port),
          "service '10.96.0.10:80', to: [...] chooses among several");
    }
    return self.packetRules()
        .publish(
            new Mapping(
                checked.addressOrNull("address"),
                port,
                packets.protocolWithPorts(),
                targets,
                packets.port(port)));
  }

  public static PacketRule publish(Netns self, int port) {
    return publish(self, Map.of(), port);
  }

  /**
   * An address and port that no device need have lead to one of several targets, as a service of
   * Kubernetes. Who uses it needs a route by this namespace.
   *
   * <p>Options: {@code to} (devices or addresses), {@code port} (there; the same when not given),
   * {@code protocol} (default 'tcp'), {@code by} ('random', the default; 'round_robin'; 'source': a
   * client always gets the same).
   *
   * @param socket such as {@code '10.96.0.10:80'} or {@code '[fd00::10]:80'}
   */
  public static PacketRule service(
      Netns self,
      @NamedParams({
            @NamedParam("to"),
            @NamedParam("port"),
            @NamedParam("protocol"),
            @NamedParam("by")
          })
          Map<String, ?> options,
      String socket) {
    Options checked = new Options(TranslationWords.class, "service", options);
    PacketOptions packets = new PacketOptions("service", checked, self);
    Matcher parts = SOCKET.matcher(socket);
    if (!parts.matches()) {
      throw new PlanException(
          "Cannot read '%s' as an address and port".formatted(socket),
          "write '10.96.0.10:80' or '[fd00::10]:80'");
    }
    InetAddress address =
        Cidr.parseAddress(parts.group(1) == null ? parts.group(2) : parts.group(1));
    int port = PacketOptions.port("service", Integer.parseInt(parts.group(3)));
    Mapping mapping =
        new Mapping(
            address, port, packets.protocolWithPorts(), packets.targets("to"), packets.port(port));
    return self.packetRules()
        .service(address, mapping, checked.choice("by", Balance.class, Balance.RANDOM));
  }

  public static PacketRule service(Netns self, String socket) {
    return service(self, Map.of(), socket);
  }

  private static PacketOptions packets(String word, Map<String, ?> options, Netns self) {
    return new PacketOptions(word, new Options(TranslationWords.class, word, options), self);
  }
}
