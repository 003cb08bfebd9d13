package vethbook.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import vethbook.lab.kind.Bridge;
import vethbook.lab.kind.LinkKind;
import vethbook.lab.kind.Macvlan;
import vethbook.linux.Cidr;
import vethbook.linux.ExperimentException;
import vethbook.linux.netlink.NetlinkException;
import vethbook.linux.process.Command;

class LabLinuxIT {
  private static final Bridge BRIDGE = new Bridge(false, false);
  private static final Cidr SUBNET = Cidr.parse("10.7.0.0/24");

  private final Lab lab = new Lab("LabLinuxIT");
  private final Netns client = lab.netns("client");
  private final Netns server = lab.netns("server");

  @AfterEach
  void closeLab() {
    lab.close();
  }

  @Test
  void aVethPairCarriesPacketsAtOnce() {
    lab.vethPair(client.device("eth0"), server.device("eth0"), SUBNET, DeviceOptions.NONE);

    assertThat(client.addresses()).containsExactly(Cidr.parse("10.7.0.1/24"));
    assertThat(server.addresses()).containsExactly(Cidr.parse("10.7.0.2/24"));
    assertThat(reaches(client, "10.7.0.2")).isTrue();
  }

  @Test
  void aRepeatedWordChangesNothing() {
    lab.vethPair(client.device("eth0"), server.device("eth0"), SUBNET, DeviceOptions.NONE);
    int index = client.device("eth0").index();
    int commands = lab.commands().size();

    lab.vethPair(client.device("eth0"), server.device("eth0"), SUBNET, DeviceOptions.NONE);
    client.forwarding(true);
    client.forwarding(true);
    client.route(toNet("10.8.0.0/24", "10.7.0.2"));
    client.route(toNet("10.8.0.0/24", "10.7.0.2"));

    assertThat(client.device("eth0").index()).isEqualTo(index);
    assertThat(lab.commands()).hasSize(commands + 3); // two sysctls and one route, once each
  }

  @Test
  void aChangedOptionChangesJustThat() {
    lab.vethPair(client.device("eth0"), server.device("eth0"), SUBNET, DeviceOptions.NONE);
    int index = client.device("eth0").index();
    client.device("eth0").address(Cidr.parse("10.99.0.1/32"));

    lab.vethPair(
        client.device("eth0"),
        server.device("eth0"),
        Cidr.parse("10.9.0.0/24"),
        new DeviceOptions(List.of(), 9000, 0));

    assertThat(client.device("eth0").index()).isEqualTo(index);
    assertThat(client.device("eth0").existing().mtu()).isEqualTo(9000);
    assertThat(client.addresses())
        .containsExactlyInAnyOrder(Cidr.parse("10.9.0.1/24"), Cidr.parse("10.99.0.1/32"));
  }

  @Test
  void anotherKindUnderTheSameNameIsAnErrorThatSaysHowToGetRidOfIt() {
    lab.device(client.device("eth0"), BRIDGE, DeviceOptions.NONE);

    assertThatThrownBy(
            () ->
                lab.vethPair(
                    client.device("eth0"), server.device("eth0"), SUBNET, DeviceOptions.NONE))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("there is a bridge of that name")
        .hasMessageContaining("client.eth0.delete()");
    assertThat(server.device("eth0").link()).isEmpty();
  }

  @Test
  void aWordThatFailsHalfWayTakesBackWhatItDid() {
    DeviceOptions tooSmall = new DeviceOptions(List.of(Cidr.parse("10.1.1.1/24")), 0, 0);
    lab.device(client.device("br0"), BRIDGE, tooSmall);
    client.device("br0").delete();

    DeviceOptions twice =
        new DeviceOptions(List.of(Cidr.parse("10.1.1.1/24"), Cidr.parse("10.1.1.1/24")), 0, 0);
    assertThatThrownBy(() -> lab.device(client.device("br0"), BRIDGE, twice))
        .isInstanceOf(NetlinkException.class)
        .hasMessageContaining("Cannot give address 10.1.1.1/24 to device br0 in netns client")
        .hasMessageContaining("ipv4: Address already assigned");
    assertThat(client.device("br0").link()).isEmpty();
    assertThat(client.addresses()).isEmpty();
  }

  @Test
  void tellsTheRangeOfAnMtu() {
    lab.vethPair(client.device("c0"), server.device("s0"), SUBNET, DeviceOptions.NONE);
    NetlinkException refused =
        catchThrowableOfType(NetlinkException.class, () -> client.device("c0").mtu(10));

    assertThat(refused.describe("cell 3, line 7"))
        .isEqualTo(
            """
            Cannot set mtu 10 on device c0 in netns client (cell 3, line 7).
              linux: EINVAL (Invalid argument): "mtu less than device minimum"   [RTM_NEWLINK]
              next:  this device takes 68 to 65535 bytes ('ip -d link show': minmtu, maxmtu)""");
  }

  @Test
  void refusesADeviceNameThatLinuxCannotHold() {
    assertThatThrownBy(() -> client.device("a-name-of-17-char"))
        .hasMessageContaining("17 characters")
        .hasMessageContaining("1 to 15 characters");
    assertThatThrownBy(() -> client.device("with blank")).isInstanceOf(PlanException.class);
    assertThatThrownBy(() -> client.device("a/b")).isInstanceOf(PlanException.class);
  }

  @Test
  void aContainerBehindARoutedVethReachesTheServerThroughNat() {
    Netns box = lab.netns("box");
    lab.vethPair(client.device("eth0"), server.device("eth0"), SUBNET, DeviceOptions.NONE);
    lab.vethPair(
        client.device("veth0"),
        box.device("eth0"),
        Cidr.parse("172.17.1.0/24"),
        DeviceOptions.NONE);
    box.route(RoutePlan.defaultVia(client.device("veth0")));
    client.forwarding(true);
    assertThat(reaches(box, "10.7.0.2")).isFalse();

    client.masquerade(Cidr.parse("172.17.1.0/24"), client.device("eth0"));
    client.masquerade(Cidr.parse("172.17.1.0/24"), client.device("eth0"));

    assertThat(reaches(box, "10.7.0.2")).isTrue();
    String rules = run(client, "nft", "list", "ruleset").out();
    assertThat(rules.split(" masquerade comment", -1)).hasSize(2);
    assertThat(rules).doesNotContain("packets 0 ");
  }

  @Test
  void aMacvlanSharesTheWireOfItsParent() {
    Netns box = lab.netns("box");
    lab.vethPair(client.device("eth0"), server.device("eth0"), SUBNET, DeviceOptions.NONE);
    DeviceOptions address = DeviceOptions.NONE.with(List.of(Cidr.parse("10.7.0.30/24")));
    LinkKind onEth0 = new Macvlan("macvlan", client.device("eth0"), MacvlanMode.BRIDGE);
    lab.device(box.device("eth0"), onEth0, address);
    lab.device(box.device("eth0"), onEth0, address);

    assertThat(reaches(box, "10.7.0.2")).isTrue();
    assertThat(box.addressFor(server)).isEqualTo(Cidr.parseAddress("10.7.0.30"));
    // eth0 is taken in the parent's namespace, which Linux before 6.13 refuses: born otherwise
    assertThat(lab.commands())
        .anyMatch(line -> line.endsWith(" name eth0") && line.contains("-n box"));
    assertThat(box.devices()).extracting(Device::name).containsExactly("lo", "eth0");
  }

  @Test
  void bridgePortsReachEachOther() {
    Netns host = lab.netns("host");
    lab.vethPair(host.device("v1"), client.device("eth0"), null, DeviceOptions.NONE);
    lab.vethPair(host.device("v2"), server.device("eth0"), null, DeviceOptions.NONE);
    lab.device(host.device("br0"), BRIDGE, DeviceOptions.NONE);
    lab.ports(host.device("br0"), List.of(host.device("v1"), host.device("v2")));
    client.device("eth0").address(Cidr.parse("10.5.0.1/24"));
    server.device("eth0").address(Cidr.parse("10.5.0.2/24"));

    assertThat(reaches(client, "10.5.0.2")).isTrue();
    assertThatThrownBy(() -> lab.ports(host.device("br0"), List.of(client.device("eth0"))))
        .hasMessageContaining("different namespaces");
  }

  @Test
  void namesTheDevicesThereWhenOneIsMissing() {
    lab.vethPair(client.device("eth0"), server.device("eth0"), SUBNET, DeviceOptions.NONE);

    assertThatThrownBy(
            () ->
                lab.device(
                    server.device("m0"),
                    new Macvlan("macvlan", client.device("eth1"), MacvlanMode.BRIDGE),
                    DeviceOptions.NONE))
        .hasMessageContaining("Cannot find device eth1 in netns client")
        .hasMessageContaining("did you mean eth0?");
    assertThatThrownBy(() -> lab.existing("clinet")).hasMessageContaining("did you mean client?");
  }

  @Test
  void rpsIsSetPerQueueAndReadBack() {
    lab.vethPair(
        client.device("eth0"), server.device("eth0"), SUBNET, new DeviceOptions(List.of(), 0, 2));
    Device device = server.device("eth0");
    device.rps(Set.of(0));

    assertThat(device.rps()).containsExactly(Set.of(0), Set.of(0));
    device.rps(1, Set.of());
    assertThat(device.rps()).containsExactly(Set.of(0), Set.of());
    assertThatThrownBy(() -> device.rps(2, Set.of())).hasMessageContaining("its queues: 0 to 1");
    assertThatThrownBy(() -> device.rps(Set.of(4000)))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("EOVERFLOW (Value too large for defined data type)")
        .hasMessageContaining("this machine has CPUs 0-");
  }

  @Test
  void sysctlsBelongToTheirNamespace() {
    client.sysctl("net.ipv4.tcp_rmem", "4096 87380 1000000");

    assertThat(client.sysctl("net.ipv4.tcp_rmem")).isEqualTo("4096\t87380\t1000000");
    assertThat(server.sysctl("net.ipv4.tcp_rmem")).isNotEqualTo("4096\t87380\t1000000");
    assertThatThrownBy(() -> client.sysctl("net.ipv4.ip_forwad"))
        .hasMessageContaining("did you mean net.ipv4.ip_forward?");
    assertThatThrownBy(() -> client.sysctl("net.ipv4.ip_default_ttl", "700"))
        .hasMessageContaining("EINVAL (Invalid argument)   [write /proc/sys/net/ipv4/");
  }

  @Test
  void otherProcessesFindTheLab() {
    assertThat(RunningLab.all())
        .anySatisfy(
            lab -> {
              assertThat(lab.pid()).isEqualTo(ProcessHandle.current().pid());
              assertThat(lab.title()).isEqualTo("LabLinuxIT");
              assertThat(lab.namespaces()).containsKeys("client", "server");
            });
  }

  @Test
  void itsCommandsNameWhatWasDone() {
    lab.vethPair(client.device("eth0"), server.device("eth0"), SUBNET, DeviceOptions.NONE);

    assertThat(lab.commands())
        .contains(
            "ip netns add client",
            "ip -n client link add name eth0 numrxqueues 1 numtxqueues 1 type veth"
                + " peer name eth0 netns server numrxqueues 1 numtxqueues 1",
            "ip -n server address add 10.7.0.2/24 dev eth0",
            "ip -n server link set dev eth0 up");
  }

  private static RoutePlan toNet(String destination, String gateway) {
    return RoutePlan.via(Cidr.parse(destination), Cidr.parseAddress(gateway));
  }

  private static boolean reaches(Netns from, String address) {
    return run(from, "ping", "-c", "1", "-W", "1", address).exit() == 0;
  }

  private static Command.Output run(Netns netns, String... argv) {
    return Command.of(argv).in(netns.handle()).run(Duration.ofSeconds(10));
  }
}
