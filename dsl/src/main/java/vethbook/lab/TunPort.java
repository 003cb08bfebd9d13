package vethbook.lab;

import org.jspecify.annotations.Nullable;
import vethbook.linux.tun.TunHandle;
import vethbook.packet.LinkType;
import vethbook.tun.Relay;
import vethbook.tun.RunningProgram;

/** The end of a TUN or TAP device that is in this process, and who reads from it: at most one. */
final class TunPort {
  private final TunHandle handle;
  private final LinkType link;
  private @Nullable RunningProgram program;
  private @Nullable RelayEnd relayEnd;

  /**
   * One end of a relay.
   *
   * @param first whether it is that of the device that was named first
   */
  record RelayEnd(Relay relay, Device other, boolean first) {}

  TunPort(TunHandle handle, LinkType link) {
    this.handle = handle;
    this.link = link;
  }

  TunHandle handle() {
    return handle;
  }

  LinkType link() {
    return link;
  }

  @Nullable RunningProgram program() {
    return program;
  }

  void program(RunningProgram running) {
    program = running;
  }

  /** Of a relay that still runs; null when there is none. */
  @Nullable RelayEnd relayEnd() {
    RelayEnd known = relayEnd;
    return known != null && known.relay().isRunning() ? known : null;
  }

  void relayEnd(RelayEnd end) {
    relayEnd = end;
  }

  /** Ends the program of a block, if there is one. */
  void stopProgram() {
    RunningProgram old = program;
    program = null;
    if (old != null) {
      old.close();
    }
  }

  /** Nobody reads from it any more; the device stays. */
  void stop() {
    stopProgram();
    RelayEnd end = relayEnd;
    relayEnd = null;
    if (end != null) {
      end.relay().stop();
    }
  }

  void close() {
    stop();
    handle.close();
  }
}
