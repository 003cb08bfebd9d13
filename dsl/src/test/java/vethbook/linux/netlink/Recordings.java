package vethbook.linux.netlink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import vethbook.linux.libc.Call;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;

/**
 * What Linux has answered to real requests, byte for byte: one file a request, its datagrams one
 * after the other. {@link #main} records them anew, in namespaces that it makes:
 *
 * <pre>
 * mvn -q -pl dsl -am test-compile &amp;&amp; java -cp ... vethbook.linux.netlink.Recordings dsl/src/test/resources/vethbook/linux/netlink
 * </pre>
 */
public final class Recordings {
  private static final int ROUTE = 0;
  private static final int CAP_ACK = 10;
  private static final int EXT_ACK = 11;
  private static final int GET_STRICT_CHK = 12;

  private Recordings() {}

  /** All recorded answers. */
  public static List<byte[]> all() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of("src/test/resources/vethbook/linux/netlink")).sorted()) {
      List<byte[]> found = new ArrayList<>();
      for (Path file : files.toList()) {
        found.add(Files.readAllBytes(file));
      }
      return found;
    }
  }

  /** The messages in these bytes, errors among them thrown, as a socket does it. */
  public static List<Reply> replies(byte[] bytes) {
    List<Reply> replies = new ArrayList<>();
    for (Frame frame : Frame.split(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()))) {
      if (frame.isError() || frame.isDone()) {
        frame.throwIfRefused("RTM_X");
      } else {
        replies.add(new Reply(frame.type(), frame.body()));
      }
    }
    return replies;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    try (NetnsHandle netns = NetnsHandle.create("recorded")) {
      for (String line : SET_UP.lines().toList()) {
        Command.of(line.split(" ")).in(netns).run(java.time.Duration.ofSeconds(5));
      }
      record(netns, folder, "links", dump(18).bytes(0, 0).int16(0).int32(0).int32(0).int32(0));
      record(netns, folder, "addresses", dump(22).bytes(0, 0, 0, 0).int32(0));
      record(netns, folder, "routes", dump(26).bytes(0, 0, 0, 0, 0, 0, 0, 0).int32(0));
      record(netns, folder, "neighbours", dump(30).bytes(0, 0).int16(0).int32(0).int32(0));
      record(netns, folder, "rules", dump(34).bytes(0, 0, 0, 0, 0, 0, 0, 0).int32(0));
      record(netns, folder, "link", question("br0"));
      record(netns, folder, "no-such-link", question("none"));
      record(netns, folder, "mtu-too-small", change(2).attribute(4, 10));
      record(netns, folder, "name-too-long", change(2).attribute(3, "a-name-of-17-char"));
      record(netns, folder, "acknowledged", change(1));
    }
  }

  private static final String SET_UP =
      """
      ip link add veth0 type veth peer name veth1
      ip link add br0 type bridge
      ip link set veth0 master br0 up
      ip link add macvlan0 link veth1 type macvlan mode bridge
      ip link add vxlan0 type vxlan id 42 dstport 4789 remote 10.1.0.9 dev veth1
      ip link set veth1 up
      ip link set br0 up
      ip address add 10.1.0.1/24 dev veth1
      ip address add fd00::1/64 dev veth1
      ip address add 10.2.0.1/16 peer 10.3.0.1 dev br0
      ip route add default via 10.1.0.254
      ip route add 10.9.0.0/16 via 10.1.0.7 table 100
      ip route add blackhole 10.66.0.0/16
      ip route add unreachable ::ffff:0.0.0.0/96
      ip rule add fwmark 7 from 10.1.0.0/24 lookup 100
      ip neigh add 10.1.0.7 lladdr 02:00:00:00:00:07 dev veth1
      bridge fdb append 00:00:00:00:00:00 dev vxlan0 dst 10.1.0.10
      """;

  private static Request dump(int type) {
    return new Request("dump", type, Request.DUMP);
  }

  private static Request question(String name) {
    return new Request("RTM_GETLINK", 18, Request.ACK)
        .bytes(0, 0)
        .int16(0)
        .int32(0)
        .int32(0)
        .int32(0)
        .attribute(3, name);
  }

  private static Request change(int index) {
    return new Request("RTM_NEWLINK", 16, Request.ACK)
        .bytes(0, 0)
        .int16(0)
        .int32(index)
        .int32(0)
        .int32(0);
  }

  private static void record(NetnsHandle netns, Path folder, String name, Request request)
      throws IOException {
    byte[] answer = netns.call(() -> answer(request));
    Files.write(folder.resolve(name + ".bin"), answer);
    System.out.println(name + ": " + answer.length + " bytes");
  }

  private static byte[] answer(Request request) {
    int fd = Call.netlinkSocket(ROUTE);
    try {
      for (int option : new int[] {CAP_ACK, EXT_ACK, GET_STRICT_CHK}) {
        Call.setNetlinkOption(fd, option);
      }
      byte[] message = request.message(1);
      Call.send(fd, ByteBuffer.allocateDirect(message.length).put(message).flip());
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      while (true) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());
        Call.receive(fd, buffer);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(0, bytes);
        all.writeBytes(bytes);
        if (Frame.split(buffer).stream().anyMatch(frame -> frame.isDone() || frame.isError())) {
          return all.toByteArray();
        }
      }
    } finally {
      Call.close(fd);
    }
  }
}
