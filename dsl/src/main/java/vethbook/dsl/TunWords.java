package vethbook.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.SimpleType;
import java.util.Map;
import vethbook.extension.MimeBundle;
import vethbook.lab.Device;
import vethbook.lab.DeviceOptions;
import vethbook.lab.PlanException;
import vethbook.lab.Tuns;
import vethbook.packet.ThrownText;
import vethbook.tun.PacketProgram;
import vethbook.tun.Relay;

/**
 * Words that make devices whose packets a program reads and writes.
 *
 * <ul>
 *   <li>{@code address}: addresses with prefix lengths, one or a list, such as '10.0.9.1/24';
 *       default none
 *   <li>{@code mtu}: the largest packet, 68 to 65535 bytes with its unit, such as 1400.bytes;
 *       default 1500 bytes
 *   <li>{@code mac}: the MAC address, such as '02:00:00:00:00:01'; default one that Linux chooses
 *   <li>{@code keep}: the last so many packets are kept for looking at, 1 or more; default 1000
 * </ul>
 */
public interface TunWords {
  int KEPT_PACKETS = 1000;

  /**
   * A device that carries IP packets to and from a program: {@code ip tuntap add ... mode tun}. The
   * block gets each packet that Linux sends out of it; the packet that it returns, or gives to
   * {@code reply}, Linux receives. Said again with another block, the device stays.
   *
   * @see "Documentation/networking/tuntap.rst"
   */
  default Device tun(
      @NamedParams({
            @NamedParam("address"),
            @NamedParam(value = "mtu", type = DataSize.class),
            @NamedParam("keep")
          })
          Map<String, ?> options,
      Device device,
      @DelegatesTo(value = BlockProgram.Answers.class, strategy = Closure.DELEGATE_FIRST)
          @ClosureParams(value = SimpleType.class, options = "vethbook.packet.Packet")
          Closure<?> block) {
    return tun(options, device, new BlockProgram(block));
  }

  default Device tun(
      Device device,
      @DelegatesTo(value = BlockProgram.Answers.class, strategy = Closure.DELEGATE_FIRST)
          @ClosureParams(value = SimpleType.class, options = "vethbook.packet.Packet")
          Closure<?> block) {
    return tun(Map.of(), device, block);
  }

  /** The same with a Java object for a program. */
  default Device tun(Map<String, ?> options, Device device, PacketProgram program) {
    Options checked = new Options(TunWords.class, "tun", options);
    tuns().tun(device, common(checked), program(device, checked, program));
    return device;
  }

  default Device tun(Device device, PacketProgram program) {
    return tun(Map.of(), device, program);
  }

  /** The same without a program: for a relay. */
  default Device tun(Map<String, ?> options, Device device) {
    Options checked = new Options(TunWords.class, "tun", options);
    requireNoLog(device, checked);
    tuns().tun(device, common(checked), null);
    return device;
  }

  default Device tun(Device device) {
    return tun(Map.of(), device);
  }

  /**
   * A device that carries Ethernet frames to and from a program: {@code ip tuntap add ... mode
   * tap}. It can be a bridge's port; otherwise as tun.
   */
  default Device tap(
      @NamedParams({
            @NamedParam("address"),
            @NamedParam(value = "mtu", type = DataSize.class),
            @NamedParam("mac"),
            @NamedParam("keep")
          })
          Map<String, ?> options,
      Device device,
      @DelegatesTo(value = BlockProgram.Answers.class, strategy = Closure.DELEGATE_FIRST)
          @ClosureParams(value = SimpleType.class, options = "vethbook.packet.Packet")
          Closure<?> block) {
    return tap(options, device, new BlockProgram(block));
  }

  default Device tap(
      Device device,
      @DelegatesTo(value = BlockProgram.Answers.class, strategy = Closure.DELEGATE_FIRST)
          @ClosureParams(value = SimpleType.class, options = "vethbook.packet.Packet")
          Closure<?> block) {
    return tap(Map.of(), device, block);
  }

  /** The same with a Java object for a program. */
  default Device tap(Map<String, ?> options, Device device, PacketProgram program) {
    Options checked = new Options(TunWords.class, "tap", options);
    tuns().tap(device, common(checked), program(device, checked, program));
    return device;
  }

  default Device tap(Device device, PacketProgram program) {
    return tap(Map.of(), device, program);
  }

  /** The same without a program: for a bridge or a relay. */
  default Device tap(Map<String, ?> options, Device device) {
    Options checked = new Options(TunWords.class, "tap", options);
    requireNoLog(device, checked);
    tuns().tap(device, common(checked), null);
    return device;
  }

  default Device tap(Device device) {
    return tap(Map.of(), device);
  }

  /**
   * Joins two tun or two tap devices like a cable through user space: each packet is copied by a
   * read and a write. It counts each way, {@code relay.forward} and {@code relay.backward}, and
   * ends with the lab.
   */
  default Relay relay(Device a, Device b) {
    return tuns().relay(a, b);
  }

  private Tuns tuns() {
    return LabScript.session(this).lab().tuns();
  }

  private Tuns.Program program(Device device, Options checked, PacketProgram program) {
    LabSession session = LabScript.session(this);
    return new Tuns.Program(
        program,
        checked.count("keep", KEPT_PACKETS, 1),
        thrown -> session.host().display(MimeBundle.plain(failure(device, thrown))));
  }

  private static void requireNoLog(Device device, Options checked) {
    if (checked.has("keep")) {
      throw new PlanException(
          "Cannot keep packets of " + device + ": no program reads them",
          "say what is done with each: { packet -> packet.echoReply() }");
    }
  }

  private static String failure(Device device, Throwable thrown) {
    return "The program of %s failed: %s%nIt goes on with the next packet; %s.packets counts failures."
        .formatted(device, ThrownText.of(thrown), device);
  }

  private static DeviceOptions common(Options checked) {
    DeviceOptions options = new DeviceOptions(checked.cidrs("address"), checked.bytes("mtu", 0), 0);
    return checked.has("mac") ? options.withMac(checked.text("mac")) : options;
  }
}
