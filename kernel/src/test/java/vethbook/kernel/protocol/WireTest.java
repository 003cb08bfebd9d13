package vethbook.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WireTest {
  private static final int DELIMITER = 1;
  private static final int SIGNATURE = 2;
  private static final int HEADER = 3;
  private static final int CONTENT = 6;

  private final Wire sender = wire("secret");
  private final Wire receiver = wire("secret");

  @Test
  void bringsEveryPartToTheOtherEnd() throws Exception {
    Message message = message();

    Message received = receiver.decode(sender.encode(message));

    assertThat(received).usingRecursiveComparison().isEqualTo(message);
    assertThat(received.content().path("code").asText()).isEqualTo("λ = 1");
  }

  @Test
  void refusesTheSameSignedMessageTwice() throws Exception {
    List<byte[]> frames = sender.encode(message());
    receiver.decode(frames);

    assertThatThrownBy(() -> receiver.decode(frames))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("came before");
  }

  @Test
  void acceptsRepeatedMessagesWithoutAKey() throws Exception {
    Wire unsigned = wire("");
    List<byte[]> frames = unsigned.encode(message());

    assertThat(unsigned.decode(frames).type()).isEqualTo(unsigned.decode(frames).type());
  }

  @Test
  void refusesAMessageSignedWithAnotherKey() {
    assertThatThrownBy(() -> receiver.decode(wire("other").encode(message())))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("signature");
  }

  @Test
  void refusesContentThatWasChanged() {
    List<byte[]> frames = sender.encode(message());
    frames.set(CONTENT, bytes("{\"code\":\"evil()\"}"));

    assertThatThrownBy(() -> receiver.decode(frames))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("signature");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void refusesTruncatedMessages(int count) {
    List<byte[]> frames = sender.encode(message()).subList(0, count);

    assertThatThrownBy(() -> receiver.decode(frames)).isInstanceOf(MalformedMessageException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "7", "null", "\u0000", "{\"msg_id\":\"1\"}"})
  void refusesHeadersThatAreNone(String header) {
    Wire unsigned = wire("");
    List<byte[]> frames = unsigned.encode(message());
    frames.set(HEADER, bytes(header));

    assertThatThrownBy(() -> unsigned.decode(frames))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("header");
  }

  @Test
  void putsTheDelimiterBetweenIdentitiesAndSignature() {
    List<byte[]> frames = new ArrayList<>(sender.encode(message()));

    assertThat(frames.get(DELIMITER)).isEqualTo(bytes("<IDS|MSG>"));
    assertThat(frames.get(SIGNATURE)).hasSize(64);
  }

  private static Message message() {
    return new Message(
        List.of(new byte[] {0, (byte) 0xff}),
        Header.of(MessageType.EXECUTE_REQUEST, "session"),
        Json.object().put("msg_id", "before"),
        Json.object().put("cellId", "abc"),
        Json.object().put("code", "λ = 1"),
        List.of(new byte[] {1, 2, 3}));
  }

  private static Wire wire(String key) {
    try {
      return new Wire(new Signer("hmac-sha256", key));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
