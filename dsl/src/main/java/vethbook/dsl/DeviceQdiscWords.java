package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import vethbook.lab.Device;
import vethbook.lab.PlanException;
import vethbook.lab.RootQdisc;
import vethbook.linux.tc.Noqueue;
import vethbook.linux.tc.QdiscKind;

/**
 * What a cell can say to a device about its queue: {@code client.eth0.netem delay:
 * 10.milliseconds}.
 *
 * <ul>
 *   <li>{@code delay}: time that each packet waits, such as 10.milliseconds; default 0
 *   <li>{@code jitter}: how far the delay varies, a time; default 0
 *   <li>{@code delayCorrelation, lossCorrelation, duplicateCorrelation, reorderCorrelation,
 *       corruptCorrelation}: how much each packet depends on the one before, 0.percent to
 *       100.percent; default 0
 *   <li>{@code loss}: share of packets that are dropped, such as 1.percent, or gilbertElliott(...)
 *       or lossStates(...); default 0
 *   <li>{@code duplicate}: share of packets that are sent twice, 0 to 100 percent; default 0
 *   <li>{@code reorder}: share of packets that do not wait, 0 to 100 percent; default 0
 *   <li>{@code gap}: only each so many packets are reordered, 1 or more; default 1
 *   <li>{@code corrupt}: share of packets with one wrong bit, 0 to 100 percent; default 0
 *   <li>{@code rate}: bits per second, such as 100.mbit; for netem default no limit
 *   <li>{@code ceil}: bits per second when others leave some, such as 1.gbit; default the rate
 *   <li>{@code maxRate}: bits per second of one flow; default no limit
 *   <li>{@code burst, ceilBurst}: bytes that may go at once, such as 32.kib; default what is sent
 *       in 1 ms
 *   <li>{@code latency}: the longest wait in the queue; default 50 milliseconds
 *   <li>{@code tbf limit}: bytes that may wait, such as 64.kib, instead of latency
 *   <li>{@code netem limit, pfifo limit}: packets that may wait, 1 or more; default 1000
 *   <li>{@code fq limit}: packets that may wait, 1 or more; default 10000
 *   <li>{@code fqCodel limit}: packets that may wait, 1 or more; default 10240
 *   <li>{@code flowLimit}: packets of one flow that may wait, 1 or more; default 100
 *   <li>{@code pacing}: whether packets of a flow are spread over time; default true
 *   <li>{@code target}: the wait that is aimed at; default 5 milliseconds
 *   <li>{@code interval}: how long the target may be exceeded; default 100 milliseconds
 *   <li>{@code ecn}: whether packets are marked instead of dropped; default true
 *   <li>{@code seed}: makes the random numbers the same each time (Linux 6.6 or newer)
 * </ul>
 */
public final class DeviceQdiscWords {
  private DeviceQdiscWords() {}

  private static Device set(Device self, QdiscKind kind) {
    new RootQdisc(self).set(kind);
    return self;
  }

  /** The device's qdiscs with what they have counted; shows itself as a table. */
  public static DeviceQdiscs qdisc(Device self) {
    return new DeviceQdiscs(self.toString(), new RootQdisc(self).list());
  }

  /**
   * {@code qdisc none} takes the qdisc away: the device has Linux's default again, which for veth
   * is {@code noqueue}.
   */
  public static Device qdisc(Device self, Object none) {
    boolean isNone = none.equals("none") || (none instanceof Collection<?> set && set.isEmpty());
    if (!isNone) {
      throw new PlanException(
          "Cannot set qdisc '" + none + "' on " + self,
          "say qdisc none, or what it is: netem, tbf, htb, fq, fqCodel, pfifo, noqueue");
    }
    new RootQdisc(self).remove();
    return self;
  }

  /** No queue: packets go straight to the device. */
  public static Device noqueue(Device self) {
    return set(self, new Noqueue());
  }

  /**
   * Imitates a bad network for what the device sends: {@code tc qdisc replace ... root netem} (man
   * 8 tc-netem). For both directions say it to both ends of a pair.
   *
   * @param options {@code delay}, {@code jitter} times; {@code loss}, {@code duplicate}, {@code
   *     reorder}, {@code corrupt} shares such as {@code 1.percent}, each with a {@code
   *     ...Correlation}; {@code loss} may be {@code gilbertElliott(...)} or {@code lossStates(...)}
   *     instead; {@code rate} such as {@code 10.mbit}; {@code limit} packets that may wait, 1000;
   *     {@code gap} reorders only each so many packets; {@code seed} makes the random numbers the
   *     same each time (Linux 6.6)
   */
  public static Device netem(
      Device self,
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
          Map<String, ?> options) {
    return set(self, QdiscOptions.netem(options));
  }

  /**
   * Limits the rate at which the device sends, by a bucket of tokens: man 8 tc-tbf.
   *
   * @param options {@code rate}; {@code burst} bytes that may go at once, by default what the rate
   *     sends in 1 ms and one packet at least; {@code latency} the longest wait, 50 ms, or {@code
   *     limit} bytes that may wait
   */
  public static Device tbf(
      Device self,
      @NamedParams({
            @NamedParam(value = "rate", type = BitRate.class),
            @NamedParam(value = "burst", type = DataSize.class),
            @NamedParam(value = "latency", type = Duration.class),
            @NamedParam(value = "limit", type = DataSize.class)
          })
          Map<String, ?> options) {
    return set(self, QdiscOptions.tbf(self, options));
  }

  /**
   * Limits the rate at which the device sends, by htb: man 8 tc-htb. All packets go into the class
   * {@code 1:10}; others can be added beside it with tc.
   *
   * @param options {@code rate} that the class gets in any case; {@code ceil} what it gets when
   *     others leave it, by default the rate; {@code burst} and {@code ceilBurst} bytes that may go
   *     at once, by default what is sent in 1 ms and 1600 bytes at least
   */
  public static Device htb(
      Device self,
      @NamedParams({
            @NamedParam(value = "rate", type = BitRate.class),
            @NamedParam(value = "ceil", type = BitRate.class),
            @NamedParam(value = "burst", type = DataSize.class),
            @NamedParam(value = "ceilBurst", type = DataSize.class)
          })
          Map<String, ?> options) {
    return set(self, QdiscOptions.htb(options));
  }

  /**
   * Queues each flow for itself and spreads its packets over time: man 8 tc-fq.
   *
   * @param options {@code limit} packets that may wait, 10000; {@code flowLimit} of one flow, 100;
   *     {@code maxRate} of one flow; {@code pacing}, true
   */
  public static Device fq(
      Device self,
      @NamedParams({
            @NamedParam("limit"),
            @NamedParam("flowLimit"),
            @NamedParam(value = "maxRate", type = BitRate.class),
            @NamedParam(value = "pacing", type = Boolean.class)
          })
          Map<String, ?> options) {
    return set(self, QdiscOptions.fq(options));
  }

  public static Device fq(Device self) {
    return fq(self, Map.of());
  }

  /**
   * Queues each flow for itself and keeps waits short: {@code fq_codel}, man 8 tc-fq_codel.
   *
   * @param options {@code limit} packets that may wait, 10240; {@code target} wait, 5 ms; {@code
   *     interval} for which it may be exceeded, 100 ms; {@code ecn} marks instead of drops, true
   */
  public static Device fqCodel(
      Device self,
      @NamedParams({
            @NamedParam("limit"),
            @NamedParam(value = "target", type = Duration.class),
            @NamedParam(value = "interval", type = Duration.class),
            @NamedParam(value = "ecn", type = Boolean.class)
          })
          Map<String, ?> options) {
    return set(self, QdiscOptions.fqCodel(options));
  }

  public static Device fqCodel(Device self) {
    return fqCodel(self, Map.of());
  }

  /**
   * First in, first out: man 8 tc-pfifo.
   *
   * @param options {@code limit} packets that may wait, 1000
   */
  public static Device pfifo(
      Device self, @NamedParams({@NamedParam("limit")}) Map<String, ?> options) {
    return set(self, QdiscOptions.pfifo(options));
  }

  public static Device pfifo(Device self) {
    return pfifo(self, Map.of());
  }
}
