package vethbook.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vethbook.lab.TunPort.RelayEnd;
import vethbook.lab.kind.Plain;
import vethbook.linux.tun.TunHandle;
import vethbook.packet.LinkType;
import vethbook.packet.PacketLog;
import vethbook.tun.PacketProgram;
import vethbook.tun.Relay;
import vethbook.tun.RunningProgram;

/** The TUN and TAP devices of a lab, and the programs that read and write their packets. */
public final class Tuns {
  static final String TUN = "tun";
  static final String TAP = "tap";
  private static final int FIRST_MTU = 1500; // bytes, of a new device of either kind

  private final Lab lab;
  private final Map<Device, TunPort> ports = new HashMap<>();

  Tuns(Lab lab) {
    this.lab = lab;
  }

  /**
   * What a device's word says about its program.
   *
   * @param receiver called with each packet that Linux sends out of the device
   * @param keep how many packets its log keeps
   * @param onFirstFailure told of the first thing that the receiver throws
   */
  public record Program(PacketProgram receiver, int keep, Consumer<Throwable> onFirstFailure) {}

  /** A device that carries IP packets. Without a program nobody reads them, unless a relay does. */
  public void tun(Device device, DeviceOptions options, @Nullable Program program) {
    make(device.current(), new Plain(TUN), options, program);
  }

  /** A device that carries Ethernet frames; it can be a bridge's port. */
  public void tap(Device device, DeviceOptions options, @Nullable Program program) {
    make(device.current(), new Plain(TAP), options, program);
  }

  private void make(Device device, Plain kind, DeviceOptions options, @Nullable Program program) {
    synchronized (lab) {
      List<Change> changes = new ArrayList<>();
      boolean isNew = !Wiring.exists(device, kind.name(), null);
      if (isNew) {
        changes.add(new OpenTun(device, kind, this));
        if (options.mtu() > 0) {
          changes.add(new SetMtu(device, options.mtu(), FIRST_MTU));
        }
        if (!options.mac().isEmpty()) {
          changes.add(new SetMac(device, options.mac(), options.mac()));
        }
      }
      Wiring.finish(device, isNew, options, changes);
      if (program != null) {
        changes.add(started(device, program));
      }
      lab.apply(changes);
      if (program == null) {
        port(device).ifPresent(TunPort::stopProgram);
      }
    }
  }

  private Change started(Device device, Program program) {
    return new StartProgram(
        List.of(device),
        () -> run(device, program),
        () -> port(device).ifPresent(TunPort::stop),
        "reads and writes the packets of " + device);
  }

  private void run(Device device, Program program) {
    TunPort port = port(device).orElseThrow();
    port.stop();
    port.program(
        RunningProgram.start(
            port.handle(),
            port.link(),
            program.receiver(),
            new PacketLog(device.toString(), port.link(), program.keep()),
            program.onFirstFailure()));
  }

  /**
   * Joins two devices of one kind like the ends of a cable, through this process. Nothing happens
   * when they are; who else read their packets no longer does.
   */
  public Relay relay(Device first, Device second) {
    synchronized (lab) {
      Device a = first.current();
      Device b = second.current();
      TunPort portA = existing(a, "relay");
      TunPort portB = existing(b, "relay");
      requireRelayable(a, portA, b, portB);
      RelayEnd end = portA.relayEnd();
      if (end != null && end.first() && end.other() == b) {
        return end.relay();
      }
      lab.apply(
          List.of(
              new StartProgram(
                  List.of(a, b),
                  () -> join(a, portA, b, portB),
                  portA::stop,
                  "copies packets between " + a + " and " + b)));
      return java.util.Objects.requireNonNull(portA.relayEnd()).relay();
    }
  }

  private static void requireRelayable(Device a, TunPort portA, Device b, TunPort portB) {
    if (a == b) {
      throw new PlanException(
          "Cannot relay " + a + " to itself", "a relay has two ends, like a cable");
    }
    if (portA.link() != portB.link()) {
      throw new PlanException(
          "Cannot relay %s to %s: one is a tun, the other a tap".formatted(a, b),
          "a tun carries IP packets, a tap Ethernet frames: make both the same");
    }
  }

  private static void join(Device a, TunPort portA, Device b, TunPort portB) {
    portA.stop();
    portB.stop();
    Relay relay = Relay.start(a.toString(), portA.handle(), b.toString(), portB.handle());
    portA.relayEnd(new RelayEnd(relay, b, true));
    portB.relayEnd(new RelayEnd(relay, a, false));
  }

  /**
   * The packets that went through a device's program.
   *
   * @throws PlanException when it has no program
   */
  public PacketLog packets(Device device) {
    synchronized (lab) {
      RunningProgram program = existing(device.current(), "show the packets of").program();
      if (program == null) {
        throw new PlanException(
            "Cannot show the packets of " + device + ": no program reads them",
            "give it one: tun %s { packet -> packet.echoReply() }".formatted(device));
      }
      return program.log();
    }
  }

  /** The device at the other end of a relay that runs; empty without one. */
  public Optional<Device> relayed(Device device) {
    synchronized (lab) {
      return port(device).map(TunPort::relayEnd).map(RelayEnd::other);
    }
  }

  /** Whether a program of a block reads the device's packets. */
  public boolean hasProgram(Device device) {
    synchronized (lab) {
      return port(device).map(TunPort::program).filter(RunningProgram::isRunning).isPresent();
    }
  }

  private TunPort existing(Device device, String purpose) {
    device.existing();
    return port(device)
        .orElseThrow(
            () ->
                new PlanException(
                    "Cannot %s %s: it is neither a tun nor a tap of this lab"
                        .formatted(purpose, device),
                    "make such a device with tun or tap"));
  }

  private Optional<TunPort> port(Device device) {
    return Optional.ofNullable(ports.get(device));
  }

  void open(Device device, boolean isTap) {
    close(device); // of a device that something else has deleted
    TunHandle handle = TunHandle.open(device.netns().handle(), device.name(), isTap);
    ports.put(device, new TunPort(handle, isTap ? LinkType.ETHERNET : LinkType.IP));
  }

  /** Ends who reads its packets; the device stays. */
  void stop(Device device) {
    port(device).ifPresent(TunPort::stop);
  }

  void close(Device device) {
    TunPort port = ports.remove(device);
    if (port != null) {
      port.close();
    }
  }

  void moved(Device from, Device to) {
    TunPort port = ports.remove(from);
    if (port == null) {
      return;
    }
    ports.put(to, port);
    for (TunPort far : ports.values()) {
      RelayEnd end = far.relayEnd();
      if (end != null && end.other() == from) {
        far.relayEnd(new RelayEnd(end.relay(), to, end.first()));
      }
    }
  }

  void closeAll() {
    List.copyOf(ports.keySet()).forEach(this::close);
  }
}
