package vethbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageType;
import vethbook.kernel.session.KernelClient.Answer;

/** Stop stops, and the variables are still there. One kernel serves all tests. */
final class InterruptProtocolIT {
  private static final int SIGINT = 2;

  @TempDir static Path directory;

  private static KernelProcess kernel;
  private static KernelClient client;

  @BeforeAll
  static void start() throws Exception {
    kernel = KernelProcess.start(directory);
    client = new KernelClient(kernel.connection());
    client.run("kept = 7");
  }

  @AfterAll
  static void stop() {
    client.close();
    kernel.close();
  }

  private static Answer interrupted(String endless) throws Exception {
    Message request = client.execute("println 'running'; " + endless);
    client.awaitBroadcast(MessageType.STREAM);
    Thread.sleep(100); // so that it is where it stays
    client.sendControl(MessageType.INTERRUPT_REQUEST, Json.object());
    assertThat(client.controlReply().type()).isEqualTo("interrupt_reply");
    return client.answer(request);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "sleep 60000",
        "Thread.sleep 60000",
        "for (;;) { try { Thread.sleep(10) } catch (Exception e) {} }",
        "def f(n) { n }; (1..2_000_000_000).each { f it }",
        "new Object().with { synchronized (it) { it.wait() } }",
        "'sleep 600'.execute().waitFor()",
        "'sleep 600'.execute().text",
        "['sh', '-c', 'sleep 600; true'].execute().text",
        "new ProcessBuilder('sleep', '600').inheritIO().start().waitFor()",
        "new ServerSocket(0).accept()",
        "s = new ServerSocket(0); new Socket('127.0.0.1', s.localPort).inputStream.read()"
      })
  void stopsACellAndKeepsItsVariables(String endless) throws Exception {
    Answer answer = interrupted(endless);

    assertThat(answer.status()).isEqualTo("error");
    assertThat(answer.reply().content().path("ename").asText()).isEqualTo("Interrupted");
    assertThat(client.run("kept").result()).isEqualTo("7");
  }

  @Test
  void endsTheProgramThatTheCellWaitsForAndNoOther() throws Exception {
    client.run("earlier = 'sleep 600'.execute(); sleep 50");

    interrupted("later = 'sleep 600'.execute(); later.waitFor()");

    assertThat(client.run("later.waitFor(10, java.util.concurrent.TimeUnit.SECONDS)").result())
        .isEqualTo("true");
    assertThat(client.run("earlier.alive").result()).isEqualTo("true");
    client.run("earlier.destroy()");
  }

  @Test
  void leavesBehindWhatNothingStopsAtTheSecondStop() throws Exception {
    Message request =
        client.execute("println 'running'; new BigInteger('3').pow(90_000_000).toString()");
    client.awaitBroadcast(MessageType.STREAM);
    client.sendControl(MessageType.INTERRUPT_REQUEST, Json.object());
    client.controlReply();

    Message hint = client.awaitBroadcast(MessageType.STREAM);
    client.sendControl(MessageType.INTERRUPT_REQUEST, Json.object());
    client.controlReply();

    assertThat(hint.content().path("name").asText()).isEqualTo("stderr");
    assertThat(hint.content().path("text").asText()).contains("Stop once more");
    assertThat(client.answer(request).status()).isEqualTo("error");
    assertThat(client.run("kept").result()).isEqualTo("7");
  }

  @Test
  void interruptsAtSigint() throws Exception {
    assumeFalse(
        isSigintIgnored(),
        "skipped: SIGINT is ignored here, and by all processes started from here (a shell that is"
            + " not interactive does that to what it starts with &)");
    Message request = client.execute("println 'running'; while (true) {}");
    client.awaitBroadcast(MessageType.STREAM);

    new ProcessBuilder("kill", "-INT", String.valueOf(kernel.pid())).start().waitFor();

    assertThat(client.answer(request).status()).isEqualTo("error");
    assertThat(client.run("1").result()).isEqualTo("1");
  }

  /** A JVM that is started with SIGINT ignored leaves it so (proc(5), SigIgn: bit n - 1). */
  private static boolean isSigintIgnored() throws IOException {
    String ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).trim())
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(ignored, 16) >> (SIGINT - 1) & 1) == 1;
  }

  @Test
  void doesNotInterruptTheNextCell() throws Exception {
    client.sendControl(MessageType.INTERRUPT_REQUEST, Json.object());
    client.controlReply();

    assertThat(client.run("sleep 200; 'ran'").result()).isEqualTo("ran");
  }
}
