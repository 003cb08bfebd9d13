package vethbook.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignerTest {
  private static final List<byte[]> FRAMES =
      List.of(bytes("what do ya want "), bytes("for nothing?"));

  /** RFC 4231, test case 2; the data are split because Jupyter signs several frames in a row. */
  @Test
  void signsAsTheStandardSays() throws Exception {
    assertThat(new Signer("hmac-sha256", "Jefe").sign(FRAMES))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void acceptsItsOwnSignatureOnly() throws Exception {
    Signer signer = new Signer("hmac-sha256", "Jefe");
    String signature = signer.sign(FRAMES);

    assertThat(signer.verifies(signature, FRAMES)).isTrue();
    assertThat(signer.verifies("", FRAMES)).isFalse();
    assertThat(signer.verifies(signature.substring(1), FRAMES)).isFalse();
    assertThat(signer.verifies(signature, List.of(bytes("what do ya want for nothing!"))))
        .isFalse();
  }

  @Test
  void doesNotSignWithAnEmptyKey() throws Exception {
    Signer signer = new Signer("hmac-sha256", "");

    assertThat(signer.isOn()).isFalse();
    assertThat(signer.sign(FRAMES)).isEmpty();
  }

  @Test
  void refusesUnknownSchemes() {
    assertThatThrownBy(() -> new Signer("hmac-rot13", "k"))
        .isInstanceOf(NoSuchAlgorithmException.class);
    assertThatThrownBy(() -> new Signer("sha256", "k"))
        .isInstanceOf(NoSuchAlgorithmException.class)
        .hasMessageContaining("sha256");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
