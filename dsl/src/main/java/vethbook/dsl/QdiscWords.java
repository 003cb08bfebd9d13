package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.time.Duration;
import java.util.Map;
import vethbook.lab.Device;
import vethbook.linux.tc.Loss;

/**
 * Words about the queue of packets that a device is to send: what delays, drops and shapes them.
 *
 * <ul>
 *   <li>{@code p}: from the good state to the bad one, 0 to 100 percent
 *   <li>{@code r}: from the bad state back to the good one, 0 to 100 percent
 *   <li>{@code inBad}: loss in the bad state; default 100 percent
 *   <li>{@code inGood}: loss in the good state; default 0 percent
 *   <li>{@code p13, p31}: from state 1 to 3 and back, 0 to 100 percent
 *   <li>{@code p32}: from state 3 to 2; default 0 percent
 *   <li>{@code p23}: from state 2 to 3; default 100 percent
 *   <li>{@code p14}: from state 1 to 4; default 0 percent
 * </ul>
 *
 * @see DeviceQdiscWords
 */
public interface QdiscWords {
  /** The device's qdiscs with what they have counted: {@code tc -s qdisc show}. */
  default DeviceQdiscs qdisc(Device device) {
    return DeviceQdiscWords.qdisc(device);
  }

  /** {@code qdisc client.eth0, none} gives the device Linux's default again. */
  default Device qdisc(Device device, Object none) {
    return DeviceQdiscWords.qdisc(device, none);
  }

  /** No queue: packets go straight to the device. */
  default Device noqueue(Device device) {
    return DeviceQdiscWords.noqueue(device);
  }

  /**
   * A model of losses that come in bursts, for {@code netem ..., loss:}.
   *
   * @param options {@code p} from the good state to the bad one, {@code r} back; {@code inBad} loss
   *     in the bad state, 100 percent by default, {@code inGood} in the good one, 0
   */
  default Loss gilbertElliott(
      @NamedParams({
            @NamedParam(value = "p", type = Percent.class),
            @NamedParam(value = "r", type = Percent.class),
            @NamedParam(value = "inBad", type = Percent.class),
            @NamedParam(value = "inGood", type = Percent.class)
          })
          Map<String, ?> options) {
    return QdiscOptions.gilbertElliott(options);
  }

  /**
   * A model of losses with four states, for {@code netem ..., loss:}: 1 received, 2 received within
   * a burst, 3 lost within a burst, 4 lost alone (man 8 tc-netem, loss state).
   *
   * @param options {@code p13} from state 1 to 3, {@code p31}; {@code p32}, 0 by default; {@code
   *     p23}, 100 percent; {@code p14}, 0
   */
  default Loss lossStates(
      @NamedParams({
            @NamedParam(value = "p13", type = Percent.class),
            @NamedParam(value = "p31", type = Percent.class),
            @NamedParam(value = "p32", type = Percent.class),
            @NamedParam(value = "p23", type = Percent.class),
            @NamedParam(value = "p14", type = Percent.class)
          })
          Map<String, ?> options) {
    return QdiscOptions.lossStates(options);
  }

  /**
   * {@code netem client.eth0, delay: 10.milliseconds, loss: 1.percent}.
   *
   * @see DeviceQdiscWords#netem(Device, Map)
   */
  default Device netem(
      @NamedParams({
            @NamedParam(value = "delay", type = Duration.class),
            @NamedParam(value = "jitter", type = Duration.class),
            @NamedParam(value = "delayCorrelation", type = Percent.class),
            @NamedParam("loss"),
            @NamedParam(value = "lossCorrelation", type = Percent.class),
            @NamedParam(value = "duplicate", type = Percent.class),
            @NamedParam(value = "duplicateCorrelation", type = Percent.class),
            @NamedParam(value = "reorder", type = Percent.class),
            @NamedParam(value = "reorderCorrelation", type = Percent.class),
            @NamedParam("gap"),
            @NamedParam(value = "corrupt", type = Percent.class),
            @NamedParam(value = "corruptCorrelation", type = Percent.class),
            @NamedParam(value = "rate", type = BitRate.class),
            @NamedParam("limit"),
            @NamedParam("seed")
          })
          Map<String, ?> options,
      Device device) {
    return DeviceQdiscWords.netem(device, options);
  }

  /**
   * {@code tbf client.eth0, rate: 100.mbit, burst: 32.kib}.
   *
   * @see DeviceQdiscWords#tbf(Device, Map)
   */
  default Device tbf(
      @NamedParams({
            @NamedParam(value = "rate", type = BitRate.class),
            @NamedParam(value = "burst", type = DataSize.class),
            @NamedParam(value = "latency", type = Duration.class),
            @NamedParam(value = "limit", type = DataSize.class)
          })
          Map<String, ?> options,
      Device device) {
    return DeviceQdiscWords.tbf(device, options);
  }

  /**
   * {@code htb client.eth0, rate: 100.mbit}.
   *
   * @see DeviceQdiscWords#htb(Device, Map)
   */
  default Device htb(
      @NamedParams({
            @NamedParam(value = "rate", type = BitRate.class),
            @NamedParam(value = "ceil", type = BitRate.class),
            @NamedParam(value = "burst", type = DataSize.class),
            @NamedParam(value = "ceilBurst", type = DataSize.class)
          })
          Map<String, ?> options,
      Device device) {
    return DeviceQdiscWords.htb(device, options);
  }

  /**
   * {@code fq client.eth0}.
   *
   * @see DeviceQdiscWords#fq(Device, Map)
   */
  default Device fq(
      @NamedParams({
            @NamedParam("limit"),
            @NamedParam("flowLimit"),
            @NamedParam(value = "maxRate", type = BitRate.class),
            @NamedParam(value = "pacing", type = Boolean.class)
          })
          Map<String, ?> options,
      Device device) {
    return DeviceQdiscWords.fq(device, options);
  }

  default Device fq(Device device) {
    return DeviceQdiscWords.fq(device);
  }

  /**
   * {@code fqCodel client.eth0}.
   *
   * @see DeviceQdiscWords#fqCodel(Device, Map)
   */
  default Device fqCodel(
      @NamedParams({
            @NamedParam("limit"),
            @NamedParam(value = "target", type = Duration.class),
            @NamedParam(value = "interval", type = Duration.class),
            @NamedParam(value = "ecn", type = Boolean.class)
          })
          Map<String, ?> options,
      Device device) {
    return DeviceQdiscWords.fqCodel(device, options);
  }

  default Device fqCodel(Device device) {
    return DeviceQdiscWords.fqCodel(device);
  }

  /**
   * {@code pfifo client.eth0, limit: 100}.
   *
   * @see DeviceQdiscWords#pfifo(Device, Map)
   */
  default Device pfifo(@NamedParams({@NamedParam("limit")}) Map<String, ?> options, Device device) {
    return DeviceQdiscWords.pfifo(device, options);
  }

  default Device pfifo(Device device) {
    return DeviceQdiscWords.pfifo(device);
  }
}
