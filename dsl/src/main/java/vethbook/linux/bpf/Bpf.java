package vethbook.linux.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import vethbook.linux.libc.Call;
import vethbook.linux.libc.Errno;
import vethbook.linux.libc.SystemCallException;

/** The commands of the bpf system call that are used here (man 2 bpf, {@code linux/bpf.h}). */
final class Bpf {
  private static final int PROG_LOAD = 5;
  private static final int OBJ_GET_INFO_BY_FD = 15;
  private static final int LINK_CREATE = 28;
  private static final int LINK_UPDATE = 29;
  private static final int TYPE_SCHED_CLS = 3;
  private static final int ATTRIBUTE_BYTES = 128;
  private static final int INFO_BYTES = 128;
  private static final int LOG_BYTES = 64 * 1024;
  private static final int NAME_BYTES = 16;

  private Bpf() {}

  /**
   * Hands a program for packets (BPF_PROG_TYPE_SCHED_CLS) to the verifier.
   *
   * @param name what bpftool shows, up to 15 characters
   * @return a file descriptor that holds the program
   * @throws BpfException with the verifier's log when it refuses
   */
  static int load(Program program, String name) {
    try {
      return load(program, name, ByteBuffer.allocateDirect(0));
    } catch (BpfException e) {
      if (e.errno().equals(Errno.EPERM) || e.errno().name().equals("ENOSYS")) {
        throw e; // not the verifier's answer: it has nothing to say
      }
      return load(program, name, ByteBuffer.allocateDirect(LOG_BYTES));
    }
  }

  private static int load(Program program, String name, ByteBuffer log) {
    ByteBuffer code = program.bytes();
    ByteBuffer license = text("Apache-2.0", NAME_BYTES);
    ByteBuffer attribute = attribute();
    attribute.putInt(TYPE_SCHED_CLS).putInt(program.instructions().size());
    attribute.putLong(Call.address(code)).putLong(Call.address(license));
    attribute.putInt(log.capacity() > 0 ? 1 : 0).putInt(log.capacity());
    attribute.putLong(log.capacity() > 0 ? Call.address(log) : 0);
    attribute.putInt(0).putInt(0).put(text(name, NAME_BYTES));
    try {
      return call(PROG_LOAD, "BPF_PROG_LOAD", attribute, "Cannot load a BPF program", log);
    } finally {
      java.lang.ref.Reference.reachabilityFence(code);
      java.lang.ref.Reference.reachabilityFence(license);
    }
  }

  /**
   * Attaches a program.
   *
   * @param linkIndex in the calling thread's network namespace
   * @param attachType enum bpf_attach_type
   * @return a file descriptor that holds the attachment
   */
  static int createLink(int program, int linkIndex, int attachType) {
    ByteBuffer attribute = attribute();
    attribute.putInt(program).putInt(linkIndex).putInt(attachType);
    return call(LINK_CREATE, "BPF_LINK_CREATE", attribute, "Cannot attach a BPF program");
  }

  /** Puts another program in the place of a link's, without a moment between. */
  static void updateLink(int link, int program) {
    ByteBuffer attribute = attribute().putInt(link).putInt(program);
    call(LINK_UPDATE, "BPF_LINK_UPDATE", attribute, "Cannot replace a BPF program");
  }

  /** What Linux says of a program or link: struct bpf_prog_info or bpf_link_info. */
  static ByteBuffer info(int fd) {
    ByteBuffer info = ByteBuffer.allocateDirect(INFO_BYTES).order(ByteOrder.nativeOrder());
    ByteBuffer attribute = attribute().putInt(fd).putInt(INFO_BYTES).putLong(Call.address(info));
    call(OBJ_GET_INFO_BY_FD, "BPF_OBJ_GET_INFO_BY_FD", attribute, "Cannot ask about a BPF object");
    return info;
  }

  private static int call(int command, String name, ByteBuffer attribute, String operation) {
    return call(command, name, attribute, operation, ByteBuffer.allocateDirect(0));
  }

  private static int call(
      int command, String name, ByteBuffer attribute, String operation, ByteBuffer log) {
    attribute.rewind();
    try {
      return Call.bpf(command, attribute);
    } catch (SystemCallException e) {
      throw new BpfException(operation, name, e.errno(), textOf(log));
    }
  }

  private static ByteBuffer attribute() {
    return ByteBuffer.allocateDirect(ATTRIBUTE_BYTES).order(ByteOrder.nativeOrder());
  }

  private static ByteBuffer text(String text, int bytes) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
    buffer.put(ascii, 0, Math.min(ascii.length, bytes - 1));
    return buffer.rewind();
  }

  /** Up to the first zero byte. */
  private static String textOf(ByteBuffer log) {
    int end = 0;
    while (end < log.capacity() && log.get(end) != 0) {
      end++;
    }
    byte[] bytes = new byte[end];
    log.get(0, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
