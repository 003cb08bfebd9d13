package vethbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.kernel.protocol.ConnectionFile;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageType;
import vethbook.kernel.protocol.Signer;
import vethbook.kernel.protocol.Wire;
import vethbook.kernel.session.KernelClient.Answer;

/** Queues, questions, forged messages and the end; each test has its own kernel. */
final class ControlProtocolIT {
  @TempDir Path directory;

  private KernelProcess kernel;
  private KernelClient client;

  @BeforeEach
  void start() throws Exception {
    kernel = KernelProcess.start(directory);
    client = new KernelClient(kernel.connection());
  }

  @AfterEach
  void stop() {
    client.close();
    kernel.close();
  }

  @Test
  void abortsWhatWaitsBehindAFailure() throws Exception {
    Message failing = client.execute("sleep 500; throw new Exception('stop')");
    Message second = client.execute("second = true");
    Message info = client.sendShell(MessageType.KERNEL_INFO_REQUEST, Json.object());

    assertThat(client.answer(failing).status()).isEqualTo("error");
    assertThat(client.answer(second).status()).isEqualTo("aborted");
    assertThat(client.answer(info).status()).isEqualTo("ok");
    assertThat(client.run("binding.hasVariable('second')").result()).isEqualTo("false");
  }

  @Test
  void runsWhatIsSentInAnswerToAFailure() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(client.run("throw new Exception('no')").status()).isEqualTo("error");
      assertThat(client.run("1").status()).isEqualTo("ok");
    }
  }

  @Test
  void goesOnAfterAFailureWhenTold() throws Exception {
    ObjectNode content =
        Json.object()
            .put("code", "sleep 500; throw new Exception('no')")
            .put("stop_on_error", false);
    Message failing = client.sendShell(MessageType.EXECUTE_REQUEST, content);
    Message second = client.execute("'ran'");

    assertThat(client.answer(failing).status()).isEqualTo("error");
    assertThat(client.answer(second).result()).isEqualTo("ran");
  }

  @Test
  void asksThePerson() throws Exception {
    ObjectNode content =
        Json.object().put("code", "'Hello ' + input('Name? ')").put("allow_stdin", true);
    Message request = client.sendShell(MessageType.EXECUTE_REQUEST, content);

    Message question = client.answerInput("Ada");

    assertThat(question.type()).isEqualTo(MessageType.INPUT_REQUEST);
    assertThat(question.content().path("prompt").asText()).isEqualTo("Name? ");
    assertThat(question.content().path("password").asBoolean()).isFalse();
    assertThat(client.answer(request).result()).isEqualTo("Hello Ada");
  }

  @Test
  void interruptsAQuestion() throws Exception {
    ObjectNode content =
        Json.object().put("code", "println 1; input('Name? ')").put("allow_stdin", true);
    Message request = client.sendShell(MessageType.EXECUTE_REQUEST, content);
    client.awaitBroadcast(MessageType.STREAM);

    client.sendControl(MessageType.INTERRUPT_REQUEST, Json.object());

    assertThat(client.answer(request).status()).isEqualTo("error");
    assertThat(client.run("2").result()).isEqualTo("2");
  }

  @Test
  void refusesToAskWhereNobodyAnswers() throws Exception {
    ObjectNode content = Json.object().put("code", "input('Name? ')").put("allow_stdin", false);

    Answer answer = client.ask(MessageType.EXECUTE_REQUEST, content);

    assertThat(answer.status()).isEqualTo("error");
    assertThat(answer.only(MessageType.ERROR).content().path("evalue").asText()).contains("input");
  }

  @Test
  void dropsForgedAndBrokenMessagesAndLives() throws Exception {
    Wire forger = new Wire(new Signer("hmac-sha256", "a guess"));
    Message request =
        Message.request(
            MessageType.EXECUTE_REQUEST, "forger", Json.object().put("code", "forged = true"));
    client.shell().sendFrames(forger.encode(request));
    client.shell().sendFrames(List.of("noise".getBytes(StandardCharsets.UTF_8)));
    client.shell().sendFrames(List.of(new byte[0], new byte[0]));

    assertThat(client.replyWithin(Duration.ofMillis(500))).isNull();
    assertThat(client.run("binding.hasVariable('forged')").result()).isEqualTo("false");
    assertThat(kernel.log()).contains("signature");
  }

  @Test
  void doesNotRunARecordedMessageAgain() throws Exception {
    ConnectionFile connection = kernel.connection();
    Wire sender = new Wire(new Signer(connection.signatureScheme(), connection.key()));
    client.run("runs = 0");
    List<byte[]> recorded =
        new ArrayList<>(
            sender.encode(
                Message.request(
                    MessageType.EXECUTE_REQUEST, "s", Json.object().put("code", "runs += 1"))));
    client.shell().sendFrames(recorded);
    client.shell().sendFrames(recorded);

    assertThat(client.replyWithin(Duration.ofSeconds(10))).isNotNull();
    assertThat(client.replyWithin(Duration.ofMillis(500))).isNull();
    assertThat(client.run("runs").result()).isEqualTo("1");
  }

  @Test
  void shutsDownWhenAsked() throws Exception {
    client.sendControl(MessageType.SHUTDOWN_REQUEST, Json.object().put("restart", true));

    Message reply = client.controlReply();

    assertThat(reply.type()).isEqualTo(MessageType.SHUTDOWN_REPLY);
    assertThat(reply.content().path("restart").asBoolean()).isTrue();
    assertThat(kernel.endsWithin(10)).isTrue();
    assertThat(kernel.exitCode()).isZero();
  }

  @Test
  void shutsDownWhileACellRuns() throws Exception {
    client.execute("println 'running'; while (true) {}");
    client.awaitBroadcast(MessageType.STREAM);

    client.sendControl(MessageType.SHUTDOWN_REQUEST, Json.object().put("restart", false));

    assertThat(client.controlReply().type()).isEqualTo(MessageType.SHUTDOWN_REPLY);
    assertThat(kernel.endsWithin(10)).isTrue();
  }

  @Test
  void endsWhenItsFrontEndIsKilled() throws Exception {
    Process frontEnd = new ProcessBuilder("sleep", "600").start();
    Path another = Files.createDirectory(directory.resolve("another"));
    Map<String, String> environment = Map.of("JPY_PARENT_PID", Long.toString(frontEnd.pid()));
    try (KernelProcess orphan = KernelProcess.start(another, environment);
        KernelClient user = new KernelClient(orphan.connection())) {
      user.execute("println 'running'; while (true) {}");
      user.awaitBroadcast(MessageType.STREAM);
      assertThat(orphan.isAlive()).isTrue();

      frontEnd.destroyForcibly();

      assertThat(orphan.endsWithin(30)).isTrue();
      assertThat(orphan.exitCode()).isZero();
    }
  }
}
