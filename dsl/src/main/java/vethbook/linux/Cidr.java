package vethbook.linux;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IP address with the length of its network prefix, written {@code 10.0.0.1/24} (RFC 4632, RFC
 * 4291).
 *
 * @param address IPv4 or IPv6
 * @param prefixLength 0 to 32, or 0 to 128
 */
public record Cidr(InetAddress address, int prefixLength) {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private static final Pattern ZEROS = Pattern.compile("\\b0(:0)+\\b");

  public Cidr {
    int bits = address.getAddress().length * 8;
    if (prefixLength < 0 || prefixLength > bits) {
      throw new ExperimentException(
          "Cannot read a prefix length of " + prefixLength + " for " + address.getHostAddress(),
          null,
          null,
          "it is 0 to " + bits,
          null);
    }
  }

  /**
   * Reads an address with a prefix length; without one it is that of a single address.
   *
   * @throws ExperimentException when the text is neither IPv4 nor IPv6
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    String addressText = slash < 0 ? text : text.substring(0, slash);
    InetAddress address = parseAddress(addressText, text);
    if (slash < 0) {
      return new Cidr(address, address.getAddress().length * 8);
    }
    String length = text.substring(slash + 1);
    if (!length.matches("\\d{1,3}")) {
      throw unreadable(text);
    }
    return new Cidr(address, Integer.parseInt(length));
  }

  /** Reads an address; never asks a name server. */
  public static InetAddress parseAddress(String text) {
    return parseAddress(text, text);
  }

  private static InetAddress parseAddress(String text, String typed) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      throw unreadable(typed);
    }
    try {
      byte[] bytes = InetAddress.getByName(text).getAddress();
      return address(text.contains(":") && bytes.length == 4 ? mapped(bytes) : bytes);
    } catch (UnknownHostException e) {
      throw unreadable(typed);
    }
  }

  private static byte[] mapped(byte[] ipv4) {
    byte[] ipv6 = new byte[16];
    ipv6[10] = (byte) 0xff;
    ipv6[11] = (byte) 0xff;
    System.arraycopy(ipv4, 0, ipv6, 12, 4);
    return ipv6;
  }

  private static ExperimentException unreadable(String text) {
    return new ExperimentException(
        "Cannot read '" + text + "' as an IP address",
        null,
        null,
        "write IPv4 or IPv6 with a prefix length, such as '10.0.0.1/24' or 'fd00::1/64'",
        null);
  }

  public boolean isIpv6() {
    return address.getAddress().length == 16;
  }

  /** The network: this prefix with all host bits zero. */
  public Cidr network() {
    return new Cidr(sameLength(networkBytes()), prefixLength);
  }

  public boolean contains(InetAddress other) {
    byte[] theirs = other.getAddress();
    return theirs.length == address.getAddress().length
        && Arrays.equals(new Cidr(other, prefixLength).networkBytes(), networkBytes());
  }

  /**
   * The n-th address of this network, with the same prefix length.
   *
   * @param n 1 is the first host
   * @throws ExperimentException when the network has no such host address
   */
  public Cidr host(int n) {
    byte[] bytes = networkBytes();
    int hostBits = bytes.length * 8 - prefixLength;
    boolean hasBroadcast = !isIpv6() && hostBits > 1;
    long hosts = hostBits >= 31 ? Integer.MAX_VALUE : (1L << hostBits) - (hasBroadcast ? 1 : 0);
    if (n < 0 || n >= hosts) {
      throw new ExperimentException(
          "Cannot find a free address: network " + this + " is full",
          null,
          null,
          "a shorter prefix has room for more, such as /%d for twice as many"
              .formatted(Math.max(0, prefixLength - 1)),
          null);
    }
    long rest = n;
    for (int i = bytes.length - 1; rest > 0; i--) {
      rest += Byte.toUnsignedInt(bytes[i]);
      bytes[i] = (byte) rest;
      rest >>= 8;
    }
    return new Cidr(sameLength(bytes), prefixLength);
  }

  /** {@code 10.0.0.1/24}, {@code fd00::1/64} (RFC 5952). */
  @Override
  public String toString() {
    return text(address) + "/" + prefixLength;
  }

  /** An address as people write it: the longest run of zeros of an IPv6 address left out. */
  public static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    if (!plain.contains(":")) {
      return plain;
    }
    Matcher zeros = ZEROS.matcher(plain);
    String longest = "";
    while (zeros.find()) {
      longest = zeros.group().length() > longest.length() ? zeros.group() : longest;
    }
    return longest.isEmpty() ? plain : plain.replaceFirst("(^|:)" + longest + "(:|$)", "::");
  }

  private byte[] networkBytes() {
    byte[] bytes = address.getAddress();
    for (int bit = prefixLength; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    return bytes;
  }

  /**
   * The address of 4 or 16 bytes. Of 16 always IPv6, also where it stands for an IPv4 address
   * ({@code ::ffff:10.0.0.1}, RFC 4291 section 2.5.5.2), which Java would make of it.
   *
   * @throws UnknownHostException when there are neither 4 nor 16
   */
  public static InetAddress address(byte[] bytes) throws UnknownHostException {
    return bytes.length == 16
        ? Inet6Address.getByAddress(null, bytes, -1)
        : InetAddress.getByAddress(bytes);
  }

  private static InetAddress sameLength(byte[] bytes) {
    try {
      return address(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not 4 or 16 bytes: " + bytes.length, e);
    }
  }
}
