package vethbook.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vethbook.linux.Cidr;
import vethbook.linux.libc.Call;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.ChildJvm;
import vethbook.linux.process.Command;
import vethbook.linux.rtnetlink.NewLink;

/**
 * A process that makes a lab, uses it and drops it, again and again, until somebody kills it.
 *
 * <p>Each namespace gets a device whose other end is in a namespace of the one who started this:
 * while Linux has the namespace, that other end is there.
 */
final class KilledLab {
  static final String FIRST_KEY = "net.core.message_burst";
  static final String SECOND_KEY = "net.core.message_cost";

  private final String mark;
  private final int observer;
  private int round;

  private KilledLab(String mark, String observer) {
    this.mark = mark;
    this.observer = Call.open(observer);
  }

  /**
   * Makes labs until it is killed.
   *
   * @param arguments a mark for all names that the lab makes on the host, and the path of the
   *     observer's namespace
   */
  public static void main(String[] arguments) {
    KilledLab killed = new KilledLab(arguments[0], arguments[1]);
    while (true) {
      killed.round();
    }
  }

  private void round() {
    round++;
    System.out.println("lab " + round);
    try (Lab lab = new Lab(mark)) {
      Netns client = observed(lab.netns(mark + "-client"), "c");
      Netns server = observed(lab.netns(mark + "-server"), "s");
      lab.host().sysctl(FIRST_KEY, Integer.toString(100 + round % 50));
      lab.vethPair(
          client.device("eth0"),
          server.device("eth0"),
          Cidr.parse("10.7.0.0/24"),
          DeviceOptions.NONE);
      client.forwarding(true);
      Command.of("sleep", "1000").in(client.handle()).start();
      lab.host().sysctl(SECOND_KEY, Integer.toString(200 + round % 50));
      lab.publish();
      Command.of("sleep", "1000").in(server.handle()).start();
      client.masquerade(Cidr.parse("10.7.0.0/24"), client.device("eth0"));
      lab.host().sysctl(FIRST_KEY, Integer.toString(300 + round % 50));
    }
  }

  private Netns observed(Netns netns, String end) {
    String name = end + mark.charAt(mark.length() - 1) + "-" + round;
    NetnsHandle handle = netns.handle();
    handle
        .links()
        .create(
            NewLink.veth(
                NewLink.of("watch", "veth", handle.fd()), NewLink.of(name, "veth", observer)));
    return netns;
  }

  /** Starts one; its environment carries the mark, as that of all its children does. */
  static Process start(String mark, NetnsHandle observer) throws java.io.IOException {
    List<String> argv = new ArrayList<>();
    argv.add(ProcessHandle.current().info().command().orElse("java"));
    argv.addAll(ChildJvm.options());
    argv.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx64m"));
    argv.addAll(List.of("-cp", System.getProperty("java.class.path"), KilledLab.class.getName()));
    argv.addAll(List.of(mark, Path.of(observer.path()).toString()));
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().put("KILLED_LAB", mark);
    return builder.redirectErrorStream(true).start();
  }
}
