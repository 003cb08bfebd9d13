package vethbook.packet;

import java.util.EnumSet;
import java.util.Set;

/** The control bits of a TCP header, from the lowest (RFC 9293 section 3.1). */
public enum TcpFlag {
  FIN(0x01),
  SYN(0x02),
  RST(0x04),
  PSH(0x08),
  ACK(0x10),
  URG(0x20),
  ECE(0x40),
  CWR(0x80);

  private final int bit;

  TcpFlag(int bit) {
    this.bit = bit;
  }

  static Set<TcpFlag> of(int bits) {
    Set<TcpFlag> set = EnumSet.noneOf(TcpFlag.class);
    for (TcpFlag flag : values()) {
      if ((bits & flag.bit) != 0) {
        set.add(flag);
      }
    }
    return set;
  }
}
