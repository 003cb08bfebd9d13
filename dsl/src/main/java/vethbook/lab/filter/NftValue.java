package vethbook.lab.filter;

import java.net.InetAddress;
import java.util.List;
import vethbook.lab.PlanException;
import vethbook.linux.Cidr;

/** Values as nft writes them. */
final class NftValue {
  private NftValue() {}

  static String family(boolean ipv6) {
    return ipv6 ? "ip6" : "ip";
  }

  /** A single address stands without its prefix length. */
  static String address(Cidr network) {
    boolean isOne = network.prefixLength() == network.address().getAddress().length * 8;
    return isOne ? Cidr.text(network.address()) : network.toString();
  }

  /** {@code 10.0.0.1:80}, {@code [fd00::1]:80}. */
  static String socket(InetAddress address, int port) {
    String text = Cidr.text(address);
    return (text.contains(":") ? "[" + text + "]" : text) + ":" + port;
  }

  /** One value, or several in braces. */
  static String set(List<String> values) {
    return values.size() == 1 ? values.get(0) : "{ " + String.join(", ", values) + " }";
  }

  /** To nft a final asterisk stands for any end, and nothing in a string can be escaped. */
  static String device(String name) {
    if (!name.matches("[A-Za-z0-9_.@+#%=~-]+")) {
      throw new PlanException(
          "Cannot name device " + name + " in a rule of nft", "rename it to letters and digits");
    }
    return "\"" + name + "\"";
  }
}
