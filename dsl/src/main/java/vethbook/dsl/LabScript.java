package vethbook.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.lab.Device;
import vethbook.lab.DeviceOptions;
import vethbook.lab.IpvlanMode;
import vethbook.lab.Lab;
import vethbook.lab.MacvlanMode;
import vethbook.lab.Netns;
import vethbook.linux.Cidr;
import vethbook.linux.process.Command;
import vethbook.tool.NetperfTest;
import vethbook.tool.Ping;
import vethbook.tool.TrafficResult;

/** The words of a cell. Each does what it says when its line runs. */
public abstract class LabScript extends Script {
  private static final Duration RUN_LIMIT = Duration.ofMinutes(10);

  private @Nullable LabSession session;

  void attach(LabSession labSession) {
    session = labSession;
  }

  private LabSession session() {
    return Objects.requireNonNull(session, "this script was not attached to a session");
  }

  // ---- values that a cell can name ---------------------------------------------------------

  /** The lab of this notebook; as the last line of a cell it shows itself as a picture. */
  public Lab getLab() {
    return session().lab();
  }

  /** What the running Linux can do: {@code linux.has('ipvlan')}. */
  public Features getLinux() {
    return session().features();
  }

  /**
   * The machine's own namespace, for what is asked of it by this name: {@code host.sysctl
   * 'net.core.rps_sock_flow_entries', 32768}. Old values come back when the lab ends.
   */
  public Netns getHost() {
    return getLab().host();
  }

  /** No CPU: turns RPS off. */
  public Set<Integer> getNone() {
    return Set.of();
  }

  // ---- namespaces and devices ---------------------------------------------------------------

  /** The network namespace of this name, made if there is none: {@code ip netns add}. */
  public Netns netns(String name) {
    return getLab().netns(name);
  }

  /**
   * Joins two devices like the ends of a cable: {@code ip link add ... type veth}. Each end is born
   * in its namespace, is up, and gets a free address of the subnet.
   */
  public VethPair vethPair(
      @NamedParams({@NamedParam("subnet"), @NamedParam("mtu"), @NamedParam("queues")})
          Map<String, ?> options,
      Device a,
      Device b) {
    Options checked = new Options(LabScript.class, "vethPair", options);
    getLab()
        .vethPair(
            a,
            b,
            checked.cidrOrNull("subnet"),
            new DeviceOptions(List.of(), checked.bytes("mtu", 0), checked.count("queues", 0, 1)));
    return new VethPair(a, b);
  }

  public VethPair vethPair(Device a, Device b) {
    return vethPair(Map.of(), a, b);
  }

  /**
   * Joins devices of one namespace like a switch: {@code ip link add ... type bridge}, without
   * spanning tree.
   */
  public Device bridge(
      @NamedParams({@NamedParam("ports"), @NamedParam("address"), @NamedParam("mtu")})
          Map<String, ?> options,
      Device device) {
    Options checked = new Options(LabScript.class, "bridge", options);
    getLab().bridge(device, checked.devices("ports"), common(checked));
    return device;
  }

  public Device bridge(Device device) {
    return bridge(Map.of(), device);
  }

  /**
   * A device with a MAC address of its own on another: {@code ip link add ... type macvlan}. Modes:
   * bridge (default), private, vepa, passthru.
   */
  public Device macvlan(
      @NamedParams({
            @NamedParam("on"),
            @NamedParam("mode"),
            @NamedParam("address"),
            @NamedParam("mtu")
          })
          Map<String, ?> options,
      Device device) {
    Options checked = new Options(LabScript.class, "macvlan", options);
    MacvlanMode mode = checked.choice("mode", MacvlanMode.class, MacvlanMode.BRIDGE);
    getLab().macvlan(device, checked.device("on"), mode, common(checked));
    return device;
  }

  /**
   * A device with its parent's MAC address and an IP address of its own: {@code ip link add ...
   * type ipvlan}. Modes: L2 (default), L3, L3S.
   */
  public Device ipvlan(
      @NamedParams({
            @NamedParam("on"),
            @NamedParam("mode"),
            @NamedParam("address"),
            @NamedParam("mtu")
          })
          Map<String, ?> options,
      Device device) {
    Options checked = new Options(LabScript.class, "ipvlan", options);
    IpvlanMode mode = checked.choice("mode", IpvlanMode.class, IpvlanMode.L2);
    getLab().ipvlan(device, checked.device("on"), mode, common(checked));
    return device;
  }

  private static DeviceOptions common(Options checked) {
    return new DeviceOptions(checked.cidrs("address"), checked.bytes("mtu", 0), 0);
  }

  /** Gives a device an address besides those it has: {@code ip address add}. */
  public Device address(Device device, String cidr) {
    return device.address(Cidr.parse(cidr));
  }

  /** Adds a route in a namespace: {@code ip route replace}. */
  public void route(
      @NamedParams({
            @NamedParam("via"),
            @NamedParam("dev"),
            @NamedParam("src"),
            @NamedParam("table"),
            @NamedParam("onlink")
          })
          Map<String, ?> options,
      Netns netns,
      String destination) {
    NetnsWords.route(netns, options, destination);
  }

  /** Lets a namespace send on packets that are not its own. */
  public void forwarding(Netns netns, boolean on) {
    netns.forwarding(on);
  }

  /** Source NAT: packets from the network get the address of the device they leave through. */
  public void masquerade(
      @NamedParams(@NamedParam("out")) Map<String, ?> options, Netns netns, String source) {
    NetnsWords.masquerade(netns, options, source);
  }

  /** Reads a kernel parameter of a namespace. */
  public String sysctl(Netns netns, String key) {
    return netns.sysctl(key);
  }

  /** Sets a kernel parameter of a namespace: {@code sysctl -w}. */
  public void sysctl(Netns netns, String key, Object value) {
    netns.sysctl(key, value.toString());
  }

  /** Spreads a device's received packets over CPUs: {@code rps server.eth0, cpus: none}. */
  public Device rps(
      @NamedParams({@NamedParam("cpus"), @NamedParam("queue")}) Map<String, ?> options,
      Device device) {
    return DeviceWords.rps(device, options);
  }

  // ---- doing ----------------------------------------------------------------------------------

  /**
   * Runs one test of netperf's between two namespaces and waits for its result: TCP_RR, TCP_CRR,
   * TCP_STREAM, TCP_MAERTS, UDP_RR, UDP_STREAM. The server is started and stopped with it. Where
   * netperf is not installed the built-in engine serves the test; the result says which it was.
   *
   * <p>Options: {@code from}, {@code to} (a netns, a device or an address), {@code time} (default 5
   * seconds) or {@code transactions}, {@code request} and {@code response} sizes, {@code cpus} of
   * both ends or {@code clientCpus} and {@code serverCpus}, {@code nice}, {@code engine} ('netperf'
   * or 'built-in').
   */
  public TrafficResult netperf(
      @NamedParams({
            @NamedParam("from"),
            @NamedParam("to"),
            @NamedParam("time"),
            @NamedParam("transactions"),
            @NamedParam("request"),
            @NamedParam("response"),
            @NamedParam("cpus"),
            @NamedParam("clientCpus"),
            @NamedParam("serverCpus"),
            @NamedParam("nice"),
            @NamedParam("engine")
          })
          Map<String, ?> options,
      NetperfTest test) {
    return session().traffic().run(test, new Options(LabScript.class, "netperf", options));
  }

  public TrafficResult netperf(NetperfTest test) {
    return netperf(Map.of(), test);
  }

  /**
   * Sends ICMP echo requests and waits for the answers (man 8 ping). That none comes back is a
   * result, not an error.
   *
   * <p>Options: {@code from}, {@code to} (a netns, a device or an address), {@code count} (default
   * 3), {@code interval}, {@code timeout} (default 1 second), {@code size} (default 56 bytes),
   * {@code dontFragment}.
   */
  public Ping.Result ping(
      @NamedParams({
            @NamedParam("from"),
            @NamedParam("to"),
            @NamedParam("count"),
            @NamedParam("interval"),
            @NamedParam("timeout"),
            @NamedParam("size"),
            @NamedParam("dontFragment")
          })
          Map<String, ?> options) {
    return session().traffic().ping(new Options(LabScript.class, "ping", options));
  }

  /**
   * Compares settings: each is run once in every round, in random order, and compared with the
   * baseline by the pairs of the rounds.
   *
   * <p>Options: {@code baseline} (default: the first setting), {@code rounds} (default 10), {@code
   * seed} of the order, {@code warmUp} (default true: one round that is not kept).
   */
  public ExperimentResult experiment(
      @NamedParams({
            @NamedParam("baseline"),
            @NamedParam("rounds"),
            @NamedParam("seed"),
            @NamedParam("warmUp")
          })
          Map<String, ?> options,
      String title,
      @DelegatesTo(value = ExperimentSpec.class, strategy = Closure.DELEGATE_FIRST)
          Closure<?> block) {
    return session()
        .experiments()
        .run(title, new Options(LabScript.class, "experiment", options), block);
  }

  public ExperimentResult experiment(
      String title,
      @DelegatesTo(value = ExperimentSpec.class, strategy = Closure.DELEGATE_FIRST)
          Closure<?> block) {
    return experiment(Map.of(), title, block);
  }

  /**
   * Runs the block only where Linux has a feature; elsewhere shows why not, and goes on.
   *
   * @return what the block returns; null when it was skipped
   */
  public @Nullable Object needs(String feature, Closure<?> block) {
    var absence = getLinux().absence(feature);
    if (absence.isPresent()) {
      session().host().display(MimeBundle.plain("skipped: " + absence.get()));
      return null;
    }
    return block.call();
  }

  /**
   * Runs a program inside a namespace and waits for its end, at most ten minutes.
   *
   * @throws vethbook.linux.ExperimentException when it is not installed or fails
   */
  public String run(Netns netns, Object... argv) {
    List<String> words = Arrays.stream(argv).map(String::valueOf).toList();
    Command.Output output = Command.of(words).in(netns.handle()).run(RUN_LIMIT);
    if (output.exit() != 0) {
      throw new vethbook.linux.ExperimentException(
          "Cannot run '%s' in %s: exit status %d"
              .formatted(String.join(" ", words), netns, output.exit()),
          words.get(0),
          (output.err() + output.out()).strip(),
          null,
          null);
    }
    return output.out().stripTrailing();
  }
}
