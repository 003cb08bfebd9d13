package vethbook.diagnose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vethbook.lab.Netns;
import vethbook.linux.nft.Nft;
import vethbook.linux.process.Command;
import vethbook.linux.process.RunningProcess;

/** Which rule of a namespace drops a probe: by nft's own trace (man 8 nft, MONITOR). */
final class Trace {
  private static final String TABLE = "vethbook_trace";
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration START = Duration.ofSeconds(5);
  private static final int NETFILTER = 12; // NETLINK_NETFILTER
  private static final long TRACE_GROUP = 1L << 8; // NFNLGRP_NFTRACE is the ninth
  private static final Pattern RULE =
      Pattern.compile("trace id \\S+ (\\S+ \\S+ \\S+) rule (.*) \\(verdict drop\\)");
  private static final Pattern POLICY =
      Pattern.compile("trace id \\S+ (\\S+ \\S+ \\S+) (?:verdict continue )?policy drop");

  private Trace() {}

  /**
   * Sends the probe once more and names what drops it.
   *
   * @return {@code rule 'tcp dport 80 drop' of chain inet filter forward}; empty when no rule does
   */
  static Optional<String> dropper(Netns netns, Probe probe, Direction direction) {
    Nft.load(netns.handle(), script(probe, direction), "trace packets in " + netns);
    try (RunningProcess monitor =
        Command.of("nft", "monitor", "trace").in(netns.handle()).start()) {
      monitor.await(() -> isListening(monitor), START);
      probe.send();
      monitor.await(() -> find(monitor.out()).isPresent(), PATIENCE);
      return find(monitor.out());
    } finally {
      Nft.deleteTable(netns.handle(), TABLE, "stop tracing in " + netns);
    }
  }

  /**
   * Whether it has joined the group that traces go to: nft says nothing when it has. Columns of
   * /proc/net/netlink: sk, Eth (the protocol), Pid, Groups.
   */
  private static boolean isListening(RunningProcess monitor) {
    List<String> sockets;
    try {
      sockets = Files.readAllLines(Path.of("/proc", Long.toString(monitor.pid()), "net/netlink"));
    } catch (IOException e) {
      return false; // it has ended, which the caller sees
    }
    return sockets.stream()
        .skip(1)
        .map(line -> line.strip().split("\\s+"))
        .anyMatch(
            columns ->
                Integer.parseInt(columns[1]) == NETFILTER
                    && (Long.parseLong(columns[3], 16) & TRACE_GROUP) != 0);
  }

  private static String script(Probe probe, Direction direction) {
    String rule = probe.match(direction) + " meta nftrace set 1";
    return """
        table inet %s {
          chain arrived { type filter hook prerouting priority -449; policy accept; %s; }
          chain sent { type filter hook output priority -449; policy accept; %s; }
        }
        """
        .formatted(TABLE, rule, rule);
  }

  static Optional<String> find(String trace) {
    Matcher rule = RULE.matcher(trace);
    if (rule.find()) {
      String words = rule.group(2).replaceAll("counter packets \\d+ bytes \\d+ ?", "").strip();
      return Optional.of("rule '%s' of chain %s".formatted(words, rule.group(1)));
    }
    Matcher policy = POLICY.matcher(trace);
    return policy.find()
        ? Optional.of("policy drop of chain " + policy.group(1))
        : Optional.empty();
  }
}
