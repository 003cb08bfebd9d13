package vethbook.linux.netns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The TCP ports that programs in a namespace listen on: {@code ss -lt} (man 5 proc, net/tcp). */
public final class ListeningPorts {
  private static final String LISTEN = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int HEXADECIMAL = 16;

  private ListeningPorts() {}

  /** IPv4's and IPv6's, on any address. */
  public static Set<Integer> of(NetnsHandle netns) {
    return netns.call(
        () -> {
          Set<Integer> ports = new TreeSet<>();
          for (String file : new String[] {"tcp", "tcp6"}) {
            read(Path.of("/proc/thread-self/net", file), ports);
          }
          return ports;
        });
  }

  private static void read(Path file, Set<Integer> into) throws IOException {
    if (!Files.exists(file)) {
      return; // a Linux without IPv6
    }
    for (String line : Files.readAllLines(file)) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length > STATE && fields[STATE].equals(LISTEN)) {
        String address = fields[LOCAL_ADDRESS];
        into.add(Integer.parseInt(address.substring(address.indexOf(':') + 1), HEXADECIMAL));
      }
    }
  }
}
