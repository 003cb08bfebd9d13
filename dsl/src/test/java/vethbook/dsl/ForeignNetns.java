package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import vethbook.linux.process.Command;
import vethbook.linux.process.RunningProcess;

/** A network namespace that is no lab's: of a process, with a device and a route of its own. */
final class ForeignNetns implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final String RPS =
      "mount -t sysfs s /sys; grep . /sys/class/net/*/queues/rx-*/rps_cpus";

  private final RunningProcess process;

  ForeignNetns() {
    process = Command.of("unshare", "-n", "sh", "-c", "echo made; exec sleep 600").start();
    assertThat(process.awaitOutput("made", LIMIT)).isTrue();
    inside("sysctl", "-w", "net.ipv6.conf.default.accept_dad=0"); // so that its state stays
    ip("link", "set", "lo", "up");
    ip("link", "add", "own0", "type", "veth", "peer", "own1");
    ip("address", "add", "172.30.0.2/24", "dev", "own0");
    ip("link", "set", "own0", "up");
    ip("link", "set", "own1", "up");
    ip("-6", "address", "add", "fd30::2/64", "dev", "own0", "nodad");
    ip("route", "add", "default", "via", "172.30.0.1", "metric", "50");
    ip("route", "add", "10.99.0.0/16", "via", "172.30.0.1", "src", "172.30.0.2", "mtu", "1400");
    awaitCarrier();
  }

  /** Linux notices carriers in the background, up to a second later. */
  private void awaitCarrier() {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (isUnsettled()) {
      assertThat(System.nanoTime()).as(state()).isLessThan(deadline);
    }
  }

  private boolean isUnsettled() {
    return ip("-o", "link", "show", "type", "veth").matches("(?s).*(NO-CARRIER|DOWN).*")
        || ip("-o", "-6", "address").contains("tentative")
        || ip("-o", "-6", "address", "show", "scope", "link").lines().count() < 2;
  }

  long pid() {
    return process.pid();
  }

  String ip(String... arguments) {
    List<String> argv = new ArrayList<>(List.of("ip"));
    argv.addAll(List.of(arguments));
    return inside(argv.toArray(String[]::new));
  }

  String inside(String... argv) {
    List<String> all = new ArrayList<>(List.of("nsenter", "-n", "-t", Long.toString(pid()), "--"));
    all.addAll(List.of(argv));
    Command.Output output = Command.of(all).run(LIMIT);
    assertThat(output.exit()).as(output.err()).isZero();
    return output.out();
  }

  /** All that a lab could change, without counters and times. */
  String state() {
    return String.join(
        "\n",
        ip("-o", "-d", "link"),
        ip("-o", "address").replaceAll("valid_lft.*", ""),
        ip("-4", "route", "show", "table", "all"),
        ip("-6", "route", "show", "table", "all"),
        inside("sysctl", "net.ipv4.ip_forward", "net.ipv4.ip_default_ttl"),
        inside("sh", "-c", "cat /proc/sys/net/ipv6/conf/*/forwarding"),
        inside("unshare", "-m", "sh", "-c", RPS),
        inside("nft", "list", "ruleset"));
  }

  @Override
  public void close() {
    process.close();
  }
}
