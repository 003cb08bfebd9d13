package vethbook.linux.bpf;

import java.net.InetAddress;
import java.util.List;
import vethbook.linux.libc.Call;

/**
 * A program that Linux holds because this file descriptor does. What it is attached to holds it as
 * well, so it may be closed after that.
 */
public final class LoadedProgram implements AutoCloseable {
  private static final int INFO_ID = 4;

  private final int fd;
  private final int id;

  private LoadedProgram(int fd) {
    this.fd = fd;
    this.id = Bpf.info(fd).getInt(INFO_ID);
  }

  /**
   * Loads a program for the ingress of a device or for a netkit pair.
   *
   * @param name what bpftool shows, up to 15 letters, digits, '_' and '.'
   * @throws BpfException EPERM without CAP_BPF and CAP_NET_ADMIN in the initial user namespace
   */
  public static LoadedProgram load(Program program, String name) {
    return new LoadedProgram(Bpf.load(program, name));
  }

  /**
   * The program that redirects packets by their destination.
   *
   * @param own addresses of the namespace where it runs: packets for them go on
   */
  public static Program redirect(List<RedirectRule> rules, List<InetAddress> own) {
    return RedirectProgram.of(rules, own);
  }

  int fd() {
    return fd;
  }

  /** Its number on this machine: {@code bpftool prog show id N}. */
  public int id() {
    return id;
  }

  @Override
  public void close() {
    Call.close(fd);
  }
}
