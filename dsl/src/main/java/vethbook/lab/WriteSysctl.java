package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.sysctl.Sysctl;

record WriteSysctl(Netns netns, String key, String value, String old) implements Change {
  /** Linux prints lists with tabs where people write blanks. */
  static boolean same(String old, String wanted) {
    return old.trim().replaceAll("\\s+", " ").equals(wanted.trim().replaceAll("\\s+", " "));
  }

  @Override
  public void apply() {
    Sysctl.write(netns.handle(), key, value);
  }

  @Override
  public void undo() {
    Sysctl.write(netns.handle(), key, old);
  }

  @Override
  public String command() {
    return "ip netns exec %s sysctl -w %s".formatted(netns.name(), quoted(key + "=" + value));
  }

  private static String quoted(String text) {
    return text.matches("[\\w./=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  @Override
  public List<Netns> places() {
    return List.of(netns);
  }

  @Override
  public Optional<HostChange> onHost() {
    return Optional.of(HostChange.sysctl(key, old));
  }

  @Override
  public String purpose() {
    return "set sysctl %s to '%s' in %s".formatted(key, value, netns);
  }
}
