package vethbook.tool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;
import vethbook.linux.process.RunningProcess;
import vethbook.packet.Captured;

/**
 * Runs tcpdump (man 8 tcpdump) at several devices at a time, from when all of them listen until
 * {@link #end}. Closing it ends it and keeps nothing.
 */
public final class Tcpdump implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(10);
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  /** How long the last packets may take to the file. */
  private static final long SETTLE_MILLIS = 100;

  private static final Pattern DROPPED = Pattern.compile("(\\d+) packets? dropped by kernel");

  private final List<Listener> listeners;

  private Tcpdump(List<Listener> listeners) {
    this.listeners = listeners;
  }

  /**
   * A place where packets are seen.
   *
   * @param name as people call it: {@code client.eth0}
   */
  public record Hop(NetnsHandle netns, String device, String name) {}

  /**
   * What was seen at one place.
   *
   * @param dropped packets that tcpdump could not take in time
   * @param file where they are kept
   */
  public record Seen(Hop hop, List<Captured> packets, long dropped, Path file) {}

  private record Listener(Hop hop, RunningProcess process, Path file) {}

  /**
   * Starts it and waits until it listens everywhere.
   *
   * @param filter which packets, in tcpdump's language (man 7 pcap-filter); empty for all
   * @param snapBytes of each packet that are kept; 0 for all
   * @param most packets at each place
   * @param folder where the files are written
   * @throws ExperimentException when it is not installed, the filter is wrong, or a device is down
   */
  public static Tcpdump start(List<Hop> hops, String filter, int snapBytes, int most, Path folder) {
    Tool.TCPDUMP.require();
    Tcpdump tcpdump = new Tcpdump(new ArrayList<>());
    try {
      for (Hop hop : hops) {
        Path file = folder.resolve(hop.name() + ".pcap");
        Command command = Command.of(arguments(hop, filter, snapBytes, most, file));
        tcpdump.listeners.add(new Listener(hop, command.in(hop.netns()).start(), file));
      }
      tcpdump.listeners.forEach(Tcpdump::awaitListening);
      return tcpdump;
    } catch (ExperimentException e) {
      tcpdump.close();
      throw e;
    }
  }

  static List<String> arguments(Hop hop, String filter, int snapBytes, int most, Path file) {
    List<String> argv = new ArrayList<>(List.of("tcpdump", "-i", hop.device(), "-n", "-p", "-U"));
    // without -Z it would become a user that may not write the file
    argv.addAll(List.of("--immediate-mode", "--time-stamp-precision=nano", "-Z", "root"));
    argv.addAll(List.of("-s", "" + snapBytes, "-c", "" + most, "-w", file.toString()));
    if (!filter.isBlank()) {
      argv.add(filter);
    }
    return argv;
  }

  private static void awaitListening(Listener listener) {
    if (listener.process().awaitEither("listening on", START_LIMIT)) {
      return;
    }
    String said = listener.process().err().strip();
    @Nullable String next = null;
    if (said.contains("Couldn't change to")) {
      next =
          "tcpdump changes its groups, which a user namespace with one user's ids forbids: install"
              + " uidmap, with a range of ids for you in /etc/subuid and /etc/subgid, and start the"
              + " kernel again; or run as root";
    } else if (said.contains("not up")) {
      next = listener.hop().name() + ".up() sets it up";
    } else if (said.contains("syntax error") || said.contains("filter")) {
      next =
          "filters are like 'icmp', 'tcp port 80', 'host 10.0.0.2 and not arp': man 7 pcap-filter";
    }
    throw new ExperimentException(
        "Cannot capture at " + listener.hop().name(),
        "tcpdump",
        said.isEmpty() ? "printed nothing" : said,
        next,
        null);
  }

  /** Stops listening. */
  public List<Seen> end() {
    try {
      Thread.sleep(SETTLE_MILLIS);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new ExperimentException("Interrupted while capturing");
    }
    List<Seen> all = new ArrayList<>();
    for (Listener listener : listeners) {
      Command.Output output = listener.process().interrupt(END_LIMIT);
      Matcher matcher = DROPPED.matcher(output.err());
      long dropped = matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
      all.add(new Seen(listener.hop(), Captured.read(listener.file()), dropped, listener.file()));
    }
    return all;
  }

  @Override
  public void close() {
    listeners.forEach(listener -> listener.process().close());
  }
}
