package vethbook.linux.tc;

import java.nio.ByteBuffer;
import vethbook.linux.netlink.Request;

/**
 * First in, first out, with a limit: man 8 tc-pfifo.
 *
 * @param limit packets
 */
public record Pfifo(int limit) implements QdiscKind {
  public static final int USUAL_LIMIT = 1000;
  static final String NAME = "pfifo";

  static Pfifo of(ByteBuffer options) {
    return new Pfifo(Qdisc.struct(options, 4).getInt(0));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String options() {
    return "limit " + limit;
  }

  @Override
  public void write(Request options) {
    options.int32(limit);
  }

  @Override
  public boolean isMetBy(Qdisc there) {
    return there.kind().equals(NAME) && of(there.options()).equals(this);
  }
}
