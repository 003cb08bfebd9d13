package vethbook.linux.bpf;

import java.nio.ByteBuffer;
import vethbook.linux.libc.Call;

/**
 * A program on one side of a netkit pair; it stays there until this is closed or the pair is
 * deleted. Since Linux 6.7.
 */
public final class NetkitLink implements AutoCloseable {
  private static final int INFO_PROGRAM = 8;
  private static final int INFO_LINK_INDEX = 16;

  private final int fd;

  private NetkitLink(int fd) {
    this.fd = fd;
  }

  /** Whose packets a program sees ({@code linux/bpf.h}, enum bpf_attach_type). */
  public enum Side {
    /** Those that the primary device sends. */
    PRIMARY(54),
    /** Those that the peer sends. */
    PEER(55);

    private final int attachType;

    Side(int attachType) {
      this.attachType = attachType;
    }
  }

  /**
   * Attaches a program; the calling thread must be in the namespace of the primary device.
   *
   * @param primaryIndex of the primary device, whatever the side: Linux manages both through it
   */
  public static NetkitLink attach(LoadedProgram program, int primaryIndex, Side side) {
    return new NetkitLink(Bpf.createLink(program.fd(), primaryIndex, side.attachType));
  }

  /** Puts another program in the place of the one that is attached. */
  public void replace(LoadedProgram program) {
    Bpf.updateLink(fd, program.fd());
  }

  /** The attached program's number; 0 when the device is gone. */
  public int programId() {
    ByteBuffer info = Bpf.info(fd);
    return info.getInt(INFO_LINK_INDEX) == 0 ? 0 : info.getInt(INFO_PROGRAM);
  }

  @Override
  public void close() {
    Call.close(fd);
  }
}
