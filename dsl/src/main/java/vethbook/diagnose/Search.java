package vethbook.diagnose;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.diagnose.Diagnosis.Step;
import vethbook.lab.Device;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.linux.Cidr;
import vethbook.linux.rtnetlink.Link;
import vethbook.measure.Counters;

/** One search for a lost packet. */
public final class Search {
  private final Probe probe;
  private final Netns from;
  private final Collection<Netns> places;
  private final List<Step> steps = new ArrayList<>();
  private final Map<Netns, Map<String, Long>> grown = new LinkedHashMap<>();
  private Map<Netns, Watch.Counts> counts = Map.of();

  /** The namespace that the packet was seen in before the one looked at. */
  private Netns before;

  private Search(Probe probe) {
    this.probe = probe;
    this.from = probe.from();
    this.before = from;
    Set<Netns> all = new LinkedHashSet<>(List.of(from));
    all.addAll(from.lab().namespaces());
    this.places = all;
  }

  /**
   * Sends probes from a namespace to an address, and finds out where they get lost. Takes one to
   * five seconds.
   *
   * @param port 0 asks by ICMP echo; else TCP connects to this port
   * @throws PlanException from the host
   */
  public static Diagnosis run(Netns from, InetAddress to, int port) {
    if (from.handle().isHost()) {
      throw new PlanException(
          "Cannot diagnose from the host: it would load rules into the machine's own nft tables",
          "name a netns of the lab: diagnose from: box, to: server");
    }
    Probe.Protocol protocol = port == 0 ? Probe.Protocol.ICMP : Probe.Protocol.TCP;
    return new Search(new Probe(protocol, from, to, port, 0)).run();
  }

  private Diagnosis run() {
    Optional<Cause> nothing = noAddress();
    if (nothing.isPresent()) {
      return lost(from, nothing.get(), Direction.REQUEST, "cannot send");
    }
    Probe.Outcome outcome = follow();
    if (!outcome.answered()) {
      return locate(outcome);
    }
    walk(Direction.REQUEST, from);
    walk(Direction.REPLY, delivered());
    return probe.protocol() == Probe.Protocol.ICMP ? full() : works(List.of());
  }

  /** Small packets come through: does one of the full length of the way's first device? */
  private Diagnosis full() {
    Device out = from.device(device(counts.get(from), Direction.REQUEST, Stage.LEFT));
    int mtu = out.link().map(Link::mtu).orElse(0);
    if (out.name().equals("lo") || mtu == 0) {
      return works(List.of());
    }
    Search full = new Search(probe.ofBytes(mtu));
    Probe.Outcome outcome = full.follow();
    if (outcome.answered()) {
      return works(List.of("packets of " + mtu + " bytes, the MTU of " + out + ", come through"));
    }
    boolean isTold = outcome.said().matches("(?i).*(frag needed|too long|too big).*");
    return isTold
        ? works(
            List.of("longer packets are cut or sent anew, as Linux was told: " + outcome.said()))
        : full.locate(outcome);
  }

  private Optional<Cause> noAddress() {
    boolean isIpv6 = probe.isIpv6();
    boolean hasOne = from.addresses().stream().anyMatch(cidr -> cidr.isIpv6() == isIpv6);
    return hasOne
        ? Optional.empty()
        : Optional.of(
            Cause.of(
                "%s has no %s address".formatted(from, isIpv6 ? "IPv6" : "IPv4"),
                from.name() + ".eth0.address '10.0.0.2/24', with the device and network it is on",
                "ip address in %s: %s".formatted(from, from.addresses())));
  }

  private Probe.Outcome follow() {
    try (Watch watch = Watch.on(places, probe)) {
      Map<Netns, Map<String, Long>> before = counters();
      Probe.Outcome outcome = probe.send();
      counts = watch.read();
      counters()
          .forEach((netns, now) -> grown.put(netns, Counters.difference(before.get(netns), now)));
      return outcome;
    }
  }

  private Map<Netns, Map<String, Long>> counters() {
    Map<Netns, Map<String, Long>> all = new LinkedHashMap<>();
    for (Netns netns : places) {
      try (Counters counters = Counters.of(netns.handle())) {
        all.put(netns, counters.read());
      }
    }
    return all;
  }

  private Diagnosis works(List<String> evidence) {
    return new Diagnosis(
        title(),
        true,
        "%s is answered (%s)".formatted(probe.text(), path()),
        evidence,
        null,
        steps);
  }

  private String title() {
    return probe.text() + " from " + from;
  }

  /** {@code box → client → server}. */
  private String path() {
    List<String> names =
        steps.stream()
            .filter(step -> step.packet().equals(Direction.REQUEST.word()))
            .map(Step::netns)
            .distinct()
            .toList();
    return String.join(" → ", names);
  }

  private Diagnosis locate(Probe.Outcome outcome) {
    Optional<Diagnosis> request = walk(Direction.REQUEST, from);
    if (request.isPresent()) {
      return request.get();
    }
    Netns end = steps.isEmpty() ? from : delivered();
    if (outcome.refused()) {
      return refused(end, outcome);
    }
    Watch.Counts there = counts.get(end);
    if (there != null && !there.saw(Direction.REPLY, Stage.SENT)) {
      return lost(end, unanswered(end), Direction.REPLY, "not sent");
    }
    return walk(Direction.REPLY, end)
        .orElseGet(
            () ->
                lost(
                    from,
                    Cause.of(
                        "the answer arrives in %s, but not at the program that asked"
                            .formatted(from),
                        null,
                        outcome.said()),
                    Direction.REPLY,
                    "arrived"));
  }

  private Netns delivered() {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue().saw(Direction.REQUEST, Stage.DELIVERED))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(from);
  }

  /** Follows the packet until it is delivered (empty) or lost. */
  private Optional<Diagnosis> walk(Direction direction, Netns start) {
    Netns current = start;
    before = start;
    Set<Netns> visited = new LinkedHashSet<>();
    while (visited.add(current)) {
      Watch.Counts seen = counts.get(current);
      boolean isStart = current == start;
      Optional<Diagnosis> here =
          isStart ? outgoing(direction, current, seen) : passing(direction, current, seen);
      if (here.isPresent()) {
        return here;
      }
      if (!isStart && seen.saw(direction, Stage.DELIVERED)) {
        step(direction, current, "delivered", true);
        return Optional.empty();
      }
      if (isStart && seen.saw(direction, Stage.DELIVERED) && !leavesForOthers(direction, visited)) {
        step(direction, current, "delivered to itself", true);
        return Optional.empty();
      }
      Netns next = next(direction, current, visited);
      if (next == null) {
        return Optional.of(lostOnLink(direction, current, seen));
      }
      step(direction, current, "left through " + device(seen, direction, Stage.LEFT), true);
      before = current;
      current = next;
    }
    return Optional.of(
        lost(
            current,
            Cause.of("the packet goes round in a circle: " + visited, null),
            direction,
            "came again"));
  }

  private boolean leavesForOthers(Direction direction, Set<Netns> visited) {
    return counts.entrySet().stream()
        .anyMatch(
            entry ->
                !visited.contains(entry.getKey())
                    && entry.getValue().saw(direction, Stage.ARRIVED));
  }

  private Optional<Diagnosis> outgoing(Direction direction, Netns netns, Watch.Counts seen) {
    if (!seen.saw(direction, Stage.SENT)) {
      Cause cause =
          Ways.ofOwn(netns, probe.to(), null)
              .orElseGet(
                  () -> Cause.of("%s does not send it".formatted(netns), null, grownText(netns)));
      return Optional.of(lost(netns, cause, direction, "not sent"));
    }
    if (!seen.saw(direction, Stage.LEFT)) {
      return Optional.of(dropped(direction, netns, "output", "sent, and dropped"));
    }
    return Optional.empty();
  }

  private Optional<Diagnosis> passing(Direction direction, Netns netns, Watch.Counts seen) {
    if (seen.saw(direction, Stage.DELIVERED)) {
      return Optional.empty();
    }
    if (seen.saw(direction, Stage.FOR_HERE)) {
      return Optional.of(dropped(direction, netns, "input", "arrived, and dropped at input"));
    }
    if (!seen.saw(direction, Stage.FOR_ELSEWHERE)) {
      return Optional.of(notRouted(direction, netns, seen));
    }
    if (!seen.saw(direction, Stage.FORWARDED)) {
      return Optional.of(dropped(direction, netns, "forward", "dropped on its way through"));
    }
    if (!seen.saw(direction, Stage.LEFT)) {
      return Optional.of(dropped(direction, netns, "postrouting", "dropped on its way out"));
    }
    return Optional.empty();
  }

  private Diagnosis notRouted(Direction direction, Netns netns, Watch.Counts seen) {
    List<Sighting> arrived = seen.seen(direction, Stage.ARRIVED);
    for (Sighting packet : arrived) {
      Optional<Cause> cause = Ways.ofComing(netns, packet);
      if (cause.isPresent()) {
        return lost(netns, cause.get(), direction, "arrived at " + packet.device());
      }
    }
    // a bridge with br_netfilter shows its frames here, also those for nobody
    List<Sighting> left = counts.get(before).seen(direction, Stage.LEFT);
    for (Sighting packet : left) {
      Optional<Cause> cause = new Wire(from.lab(), before, packet).wrongMac();
      if (cause.isPresent()) {
        return lost(before, cause.get(), direction, "left through " + packet.device());
      }
    }
    return dropped(direction, netns, "prerouting", "arrived, and dropped");
  }

  private Diagnosis dropped(Direction direction, Netns netns, String hook, String what) {
    if (grown.getOrDefault(netns, Map.of()).getOrDefault("Ip.FragFails", 0L) > 0) {
      return lost(netns, tooLong(netns), direction, what);
    }
    Optional<String> rule = Trace.dropper(netns, probe, direction);
    Cause cause =
        rule.map(
                found ->
                    Cause.of(
                        "%s in %s drops the %s".formatted(found, netns, direction.word()),
                        "take the rule away, or add one before it that accepts",
                        "nft trace in " + netns + ": " + found))
            .orElseGet(
                () ->
                    Cause.of(
                        "%s drops the %s at %s, but no nft rule does it"
                            .formatted(netns, direction.word(), hook),
                        null,
                        grownText(netns)));
    return lost(netns, cause, direction, what);
  }

  private Cause tooLong(Netns netns) {
    return Cause.of(
        "packets of %d bytes do not fit through %s, and %s is not told: the ICMP message that says so gets lost"
            .formatted(probe.bytes(), netns, from),
        "let ICMP 'fragmentation needed' pass (RFC 1191), or lower the MTU of " + from,
        grownText(netns));
  }

  private Diagnosis lostOnLink(Direction direction, Netns netns, Watch.Counts seen) {
    List<Sighting> left = seen.seen(direction, Stage.LEFT);
    if (left.isEmpty()) {
      return lost(
          netns, Cause.of("it left " + netns + " and was not seen again", null), direction, "left");
    }
    Sighting packet = left.get(left.size() - 1);
    Cause cause = new Wire(netns.lab(), netns, packet).cause();
    return lost(netns, cause, direction, "left through " + packet.device() + ", arrived nowhere");
  }

  private Cause unanswered(Netns end) {
    Watch.Counts seen = counts.get(end);
    List<Sighting> asked = seen == null ? List.of() : seen.seen(Direction.REQUEST, Stage.ARRIVED);
    for (Sighting packet : asked) {
      Optional<Cause> cause = Ways.ofOwn(end, packet.source(), null);
      if (cause.isPresent()) {
        return cause.get().and(List.of("the request came from " + Cidr.text(packet.source())));
      }
    }
    String key = "net/ipv4/icmp_echo_ignore_all";
    if (probe.protocol() == Probe.Protocol.ICMP && !end.sysctl(key).equals("0")) {
      return Cause.of(
          "%s does not answer echo requests".formatted(end),
          "%s.sysctl 'net.ipv4.icmp_echo_ignore_all', 0".formatted(end.name()),
          "net.ipv4.icmp_echo_ignore_all = " + end.sysctl(key));
    }
    return Cause.of("%s has the request and does not answer".formatted(end), null, grownText(end));
  }

  private Diagnosis refused(Netns end, Probe.Outcome outcome) {
    Optional<String> rule = Trace.dropper(end, probe, Direction.REQUEST);
    String finding =
        rule.map(found -> "%s in %s rejects it".formatted(found, end))
            .orElse("nobody listens on port %d in %s".formatted(probe.port(), end));
    Cause cause =
        Cause.of(
            finding,
            rule.isPresent() ? null : "start " + end.name() + ", a program that listens there",
            outcome.said());
    return lost(end, cause, Direction.REQUEST, "delivered, and refused");
  }

  /** The namespace, not yet visited, that the packet has come to from here. */
  private @Nullable Netns next(Direction direction, Netns current, Set<Netns> visited) {
    List<Netns> candidates =
        counts.entrySet().stream()
            .filter(entry -> !visited.contains(entry.getKey()))
            .filter(entry -> entry.getValue().saw(direction, Stage.ARRIVED))
            .map(Map.Entry::getKey)
            .toList();
    String out = device(counts.get(current), direction, Stage.LEFT);
    Optional<Netns> neighbour =
        current.devices().stream()
            .filter(device -> device.name().equals(out))
            .flatMap(device -> device.other().stream())
            .map(Device::netns)
            .filter(candidates::contains)
            .findFirst();
    return neighbour.orElse(candidates.isEmpty() ? null : candidates.get(0));
  }

  private static String device(Watch.Counts seen, Direction direction, Stage stage) {
    List<Sighting> sightings = seen.seen(direction, stage);
    return sightings.isEmpty() ? "" : sightings.get(sightings.size() - 1).device();
  }

  private void step(Direction direction, Netns netns, String what, boolean good) {
    steps.add(new Step(direction.word(), netns.name(), what, good));
  }

  private Diagnosis lost(Netns netns, Cause cause, Direction direction, String what) {
    step(direction, netns, what, false);
    List<String> evidence = cause.evidence().stream().filter(line -> !line.isBlank()).toList();
    return new Diagnosis(title(), false, cause.finding(), evidence, cause.next(), steps);
  }

  /** The error counters of a namespace that grew meanwhile. */
  private String grownText(Netns netns) {
    List<String> text = new ArrayList<>();
    grown
        .getOrDefault(netns, Map.of())
        .forEach(
            (name, by) -> {
              if (by > 0
                  && name.matches(".*(Err|Drop|Discard|NoRoute|Filter|Fail|Unreach|drop).*")) {
                text.add(name + " +" + by);
              }
            });
    return text.isEmpty() ? "" : "counters in " + netns + ": " + String.join(", ", text);
  }
}
