package vethbook.linux.netns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The TCP ports that programs in a namespace listen on: {@code ss -lt} (man 5 proc, net/tcp). */
public final class ListeningPorts {
  private static final String LISTEN = "0A";
  private static final String UNCONNECTED = "07";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int HEXADECIMAL = 16;

  private ListeningPorts() {}

  /** IPv4's and IPv6's, on any address. */
  public static Set<Integer> of(NetnsHandle netns) {
    return ports(netns, LISTEN, "tcp", "tcp6");
  }

  /** The UDP ports that sockets without a peer are bound to: {@code ss -lu}. */
  public static Set<Integer> udp(NetnsHandle netns) {
    return ports(netns, UNCONNECTED, "udp", "udp6");
  }

  private static Set<Integer> ports(NetnsHandle netns, String state, String... files) {
    return netns.call(
        () -> {
          Set<Integer> ports = new TreeSet<>();
          for (String file : files) {
            read(Path.of("/proc/thread-self/net", file), state, ports);
          }
          return ports;
        });
  }

  private static void read(Path file, String state, Set<Integer> into) throws IOException {
    if (!Files.exists(file)) {
      return; // a Linux without IPv6
    }
    for (String line : Files.readAllLines(file)) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length > STATE && fields[STATE].equals(state)) {
        String address = fields[LOCAL_ADDRESS];
        into.add(Integer.parseInt(address.substring(address.indexOf(':') + 1), HEXADECIMAL));
      }
    }
  }
}
