package vethbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.kernel.protocol.ConnectionFile;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageType;
import vethbook.kernel.protocol.Signer;
import vethbook.kernel.protocol.Wire;

/**
 * Noise, floods and crowds: the kernel answers afterwards. The build tries small ones; {@code
 * -Dhardship=50} makes them 50 times as large (1 GB of output, 10 000 queued and 20 000 run cells).
 */
final class HardshipProtocolIT {
  private static final int FACTOR = Integer.getInteger("hardship", 1);

  @TempDir static Path directory;

  private static KernelProcess kernel;
  private static KernelClient client;

  @BeforeAll
  static void start() throws Exception {
    kernel = KernelProcess.start(directory);
    client = new KernelClient(kernel.connection());
  }

  @AfterAll
  static void stop() {
    client.close();
    kernel.close();
  }

  private static void assertAlive() throws Exception {
    assertThat(client.run("6 * 7").result()).isEqualTo("42");
  }

  @Test
  void survivesRandomBytesOnEveryPort() throws Exception {
    Random random = new Random(17);
    ConnectionFile file = kernel.connection();
    for (int port :
        List.of(
            file.shellPort(),
            file.controlPort(),
            file.iopubPort(),
            file.stdinPort(),
            file.heartbeatPort())) {
      for (int i = 0; i < 20 * FACTOR; i++) {
        byte[] noise = new byte[random.nextInt(2_000)];
        random.nextBytes(noise);
        say(port, noise);
      }
    }

    assertAlive();
  }

  /** ZMTP 3.0: a good greeting and handshake, then a frame that claims to be 2 to the 62 bytes. */
  @Test
  void takesNoMemoryForAFrameThatIsOnlyAnnounced() throws Exception {
    byte[] greeting = new byte[64];
    greeting[0] = (byte) 0xFF;
    greeting[9] = 0x7F;
    greeting[10] = 3;
    System.arraycopy("NULL".getBytes(StandardCharsets.US_ASCII), 0, greeting, 12, 4);
    byte[] ready =
        "\4\46\5READY\13Socket-Type\0\0\0\6DEALER\10Identity\0\0\0\0"
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] huge = {2, 0x40, 0, 0, 0, 0, 0, 0, 0, 'x'};
    for (int i = 0; i < 5; i++) {
      say(kernel.connection().shellPort(), greeting, ready, huge);
    }

    assertAlive();
  }

  private static void say(int port, byte[]... parts) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      for (byte[] part : parts) {
        out.write(part);
      }
      out.flush();
    } catch (java.net.SocketException e) {
      assertThat(e).hasMessageMatching("(?s).*(reset|pipe|abort).*"); // the kernel has hung up
    }
  }

  @Test
  void dropsMessagesThatLackFramesOrHoldNoJson() throws Exception {
    ConnectionFile file = kernel.connection();
    Signer signer = new Signer(file.signatureScheme(), file.key());
    List<byte[]> whole =
        new Wire(signer)
            .encode(
                Message.request(MessageType.EXECUTE_REQUEST, "s", Json.object().put("code", "")));
    for (int frames = 1; frames < whole.size(); frames++) {
      client.shell().sendFrames(whole.subList(0, frames));
    }
    Random random = new Random(3);
    for (int i = 0; i < 50; i++) {
      List<byte[]> damaged = new ArrayList<>();
      for (int frame = 0; frame < 4; frame++) {
        byte[] noise = new byte[random.nextInt(50)];
        random.nextBytes(noise);
        damaged.add(noise);
      }
      String signature = signer.sign(damaged);
      damaged.add(0, signature.getBytes(StandardCharsets.US_ASCII));
      damaged.add(0, whole.get(0));
      client.shell().sendFrames(damaged);
    }

    assertAlive();
    assertThat(kernel.log()).contains("is no JSON object").contains("frames after the delimiter");
  }

  @Test
  void showsAFloodOfOutputWhole() throws Exception {
    int lines = 200_000 * FACTOR;

    Message request =
        client.execute(
            "def line = 'x' * 99; for (int i = 0; i < " + lines + "; i++) println(line)");

    assertThat(client.printedUntilIdle(request)).isEqualTo(lines * 100L);
    assertAlive();
  }

  @Test
  void runsAQueueOfCellsInTurn() throws Exception {
    int cells = 200 * FACTOR;
    client.run("ran = 0");
    List<Message> requests = new ArrayList<>();
    for (int i = 0; i < cells; i++) {
      requests.add(client.execute("ran += 1"));
    }
    for (Message request : requests) {
      assertThat(client.answer(request).status()).isEqualTo("ok");
    }

    assertThat(client.run("ran").result()).isEqualTo(Integer.toString(cells));
  }

  @Test
  void servesFiftyClients() throws Exception {
    List<KernelClient> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        crowd.add(new KernelClient(kernel.connection()));
      }
      for (int i = 0; i < crowd.size(); i++) {
        assertThat(crowd.get(i).run("'to ' + " + i).result()).isEqualTo("to " + i);
      }
    } finally {
      crowd.forEach(KernelClient::close);
    }

    assertAlive();
  }

  @Test
  void doesNotGrow() throws Exception {
    int cells = 400 * FACTOR;
    run(150);
    Size before = size();

    run(cells);

    Size after = size();
    assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 3);
    assertThat(after.files()).isLessThanOrEqualTo(before.files() + 3);
    assertThat(after.loadedClasses()).isLessThan(before.loadedClasses() * 11 / 10);
    assertThat(after.heapKilobytes()).isLessThan(before.heapKilobytes() * 11 / 10 + 5_000);
    assertThat(after.metaspaceKilobytes())
        .isLessThan(before.metaspaceKilobytes() * 11 / 10 + 1_000);
    System.out.printf("%d cells: before %s, after %s%n", cells, before, after);
  }

  private static void run(int cells) throws Exception {
    for (int i = 0; i < cells; i++) {
      client.run("def f(x) { x + 1 }; y" + i % 10 + " = [1, 2].collect { f(it) }; println y0; y0");
    }
  }

  /** What a kernel must not have more and more of. */
  private record Size(
      int threads, int files, long loadedClasses, long heapKilobytes, long metaspaceKilobytes) {}

  private static Size size() throws Exception {
    client.run("System.gc()");
    run(20); // the JDK's weak maps let go of what the collector has found at their next use
    String sizes =
        client
            .run(
                """
                3.times { System.gc(); sleep 100 }
                def m = java.lang.management.ManagementFactory
                def meta = m.memoryPoolMXBeans.find { it.name == 'Metaspace' }.usage.used
                println([m.threadMXBean.threadCount, m.classLoadingMXBean.loadedClassCount,
                  m.memoryMXBean.heapMemoryUsage.used >> 10, meta >> 10])
                """)
            .printed("stdout");
    JsonNode numbers = Json.parse("{\"all\":" + sizes + "}").orElseThrow().path("all");
    try (var files = Files.list(Path.of("/proc/" + kernel.pid() + "/fd"))) {
      return new Size(
          numbers.get(0).asInt(),
          (int) files.count(),
          numbers.get(1).asLong(),
          numbers.get(2).asLong(),
          numbers.get(3).asLong());
    }
  }
}
