package vethbook.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import vethbook.lab.kind.Bridge;
import vethbook.linux.Cidr;

/** What a word has made works when the word is done, not some time later. */
class AtOnceLinuxIT {
  private static final int LABS = 40;
  private static final int PATIENCE_MS = 300;
  private static final Cidr SUBNET = Cidr.parse("10.7.0.0/24");

  @Test
  void theFirstPacketThroughANewVethPairArrives() throws Exception {
    assertThat(
            lost(
                (client, server) ->
                    client.netns().lab().vethPair(client, server, SUBNET, DeviceOptions.NONE)))
        .isZero();
  }

  @Test
  void theFirstPacketThroughANewBridgeArrives() throws Exception {
    assertThat(lost(AtOnceLinuxIT::bridged)).isZero();
  }

  private static void bridged(Device client, Device server) {
    Lab lab = client.netns().lab();
    Netns middle = lab.netns("switch");
    List<Device> ports = List.of(middle.device("p0"), middle.device("p1"));
    lab.vethPair(client, ports.get(0), null, DeviceOptions.NONE);
    lab.vethPair(server, ports.get(1), null, DeviceOptions.NONE);
    client.address(Cidr.parse("10.7.0.1/24"));
    server.address(Cidr.parse("10.7.0.2/24"));
    lab.device(middle.device("br0"), new Bridge(false, false), DeviceOptions.NONE);
    lab.ports(middle.device("br0"), ports);
  }

  /** How many of the first packets are lost, each in a lab of its own. */
  private static int lost(BiConsumer<Device, Device> words) throws IOException {
    int lost = 0;
    for (int i = 0; i < LABS; i++) {
      try (Lab lab = new Lab("AtOnceLinuxIT")) {
        lost += arrives(lab.netns("client"), lab.netns("server"), words) ? 0 : 1;
      }
    }
    return lost;
  }

  private static boolean arrives(Netns client, Netns server, BiConsumer<Device, Device> words)
      throws IOException {
    try (DatagramSocket sender = socket(client, 0);
        DatagramSocket receiver = socket(server, 4000)) {
      receiver.setSoTimeout(PATIENCE_MS);
      words.accept(client.device("eth0"), server.device("eth0"));
      sender.send(new DatagramPacket(new byte[1], 1, Cidr.parseAddress("10.7.0.2"), 4000));
      receiver.receive(new DatagramPacket(new byte[1], 1));
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static DatagramSocket socket(Netns netns, int port) {
    netns.handle().expectTraffic();
    return netns.handle().call(() -> new DatagramSocket(port));
  }
}
