package vethbook.lab;

import java.util.List;
import java.util.Optional;

/**
 * Lets somebody in this process read and write the packets of TUN or TAP devices.
 *
 * @param start begins it, in place of who did so before
 * @param stop ends it
 * @param what it does, as a comment among commands
 */
record StartProgram(List<Device> devices, Runnable start, Runnable stop, String what)
    implements Change {
  @Override
  public void apply() {
    devices.get(0).netns().lab().expectTraffic();
    start.run();
  }

  @Override
  public void undo() {
    stop.run();
  }

  @Override
  public String command() {
    return "# a program " + what;
  }

  @Override
  public List<Netns> places() {
    return devices.stream().map(Device::netns).toList();
  }

  /** Nothing: it ends with this process. */
  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return Optional.of(List.of());
  }

  @Override
  public String purpose() {
    return "start the program that " + what;
  }
}
