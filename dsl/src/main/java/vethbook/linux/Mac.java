package vethbook.linux;

import java.util.HexFormat;
import java.util.Locale;

/** Link-layer addresses of Ethernet devices, written {@code 02:00:00:00:00:01}. */
public final class Mac {
  private static final HexFormat FORMAT = HexFormat.ofDelimiter(":");

  private static final String FORM = "\\p{XDigit}{2}(:\\p{XDigit}{2}){5}";
  private static final String EXAMPLE =
      "write six bytes in hexadecimal, such as '02:00:00:00:00:01'";

  private Mac() {}

  /**
   * Reads an address.
   *
   * @return its six bytes
   * @throws ExperimentException when the text is none, or one that no device can have: a group
   *     address (the first byte is odd) or all zeros
   */
  public static byte[] parse(String text) {
    byte[] bytes = bytes(text);
    if ((bytes[0] & 1) == 1 || text.replace(":", "").matches("0+")) {
      throw unusable(
          text,
          "a device's own address has an even first byte and is not zero, such as"
              + " '02:00:00:00:00:01'");
    }
    return bytes;
  }

  /** Six bytes of any kind, also zeros and group addresses. */
  public static byte[] bytes(String text) {
    if (!text.matches(FORM)) {
      throw unusable(text, EXAMPLE);
    }
    return FORMAT.parseHex(text);
  }

  /** In lower case, as Linux prints it; empty for a device without (six bytes are an address). */
  public static String text(byte[] bytes) {
    return bytes.length == 6 ? FORMAT.formatHex(bytes) : "";
  }

  /** The same address as Linux prints it. */
  public static String normal(String text) {
    parse(text);
    return text.toLowerCase(Locale.ROOT);
  }

  private static ExperimentException unusable(String text, String next) {
    return new ExperimentException(
        "Cannot take '" + text + "' as a MAC address", null, null, next, null);
  }
}
