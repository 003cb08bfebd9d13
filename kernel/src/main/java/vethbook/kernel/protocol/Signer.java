package vethbook.kernel.protocol;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages with the key of the connection file; an empty key switches signing off. */
public final class Signer {
  private static final String SCHEME_PREFIX = "hmac-";

  private final String algorithm;
  private final byte[] key;

  /**
   * A signer for one connection.
   *
   * @param scheme {@code hmac-sha256}, or another hash that this Java knows
   * @throws NoSuchAlgorithmException if the scheme is not known
   */
  public Signer(String scheme, String key) throws NoSuchAlgorithmException {
    if (!scheme.startsWith(SCHEME_PREFIX)) {
      throw new NoSuchAlgorithmException("signature scheme " + scheme);
    }
    this.algorithm = "Hmac" + scheme.substring(SCHEME_PREFIX.length());
    this.key = key.getBytes(StandardCharsets.UTF_8);
    Mac.getInstance(algorithm);
  }

  public boolean isOn() {
    return key.length > 0;
  }

  /** The signature in lower case hexadecimal digits; empty when signing is off. */
  public String sign(List<byte[]> frames) {
    if (!isOn()) {
      return "";
    }
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      frames.forEach(mac::update);
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("unusable signature key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(algorithm + " was there a moment ago", e);
    }
  }

  /** Compares in a time that does not tell how much of the signature is right. */
  public boolean verifies(String signature, List<byte[]> frames) {
    return MessageDigest.isEqual(
        sign(frames).getBytes(StandardCharsets.US_ASCII),
        signature.getBytes(StandardCharsets.US_ASCII));
  }
}
