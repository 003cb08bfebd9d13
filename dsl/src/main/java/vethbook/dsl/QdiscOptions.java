package vethbook.dsl;

import java.time.Duration;
import java.util.Map;
import vethbook.lab.Device;
import vethbook.lab.PlanException;
import vethbook.linux.tc.Chance;
import vethbook.linux.tc.Delay;
import vethbook.linux.tc.Fq;
import vethbook.linux.tc.FqCodel;
import vethbook.linux.tc.Htb;
import vethbook.linux.tc.Loss;
import vethbook.linux.tc.Netem;
import vethbook.linux.tc.Pfifo;
import vethbook.linux.tc.Probability;
import vethbook.linux.tc.Reorder;
import vethbook.linux.tc.Tbf;

/** Reads the named options of the qdisc words; what they mean stands at the words. */
final class QdiscOptions {
  private static final int ETHERNET_HEADER = 14;
  private static final int LEAST_HTB_BURST = 1600;
  private static final Duration USUAL_LATENCY = Duration.ofMillis(50);

  private QdiscOptions() {}

  private static Options options(String word, Map<String, ?> given) {
    return new Options(DeviceQdiscWords.class, word, given);
  }

  static Netem netem(Map<String, ?> given) {
    Options options = options("netem", given);
    Delay delay =
        new Delay(
            options.nanos("delay"),
            options.nanos("jitter"),
            options.probability("delayCorrelation", Probability.NEVER));
    Chance reorder = chance(options, "reorder");
    require(options, "jitter", "delay", "it goes around the delay");
    require(options, "reorder", "delay", "what is reordered overtakes the packets that are kept");
    require(options, "delayCorrelation", "jitter", "it is the jitter's");
    require(options, "gap", "reorder", "it is the reordering's");
    return new Netem(
        delay,
        loss(options),
        chance(options, "duplicate"),
        new Reorder(reorder, reorder.isNever() ? 0 : options.count("gap", 1, 1)),
        chance(options, "corrupt"),
        options.bytesPerSecond("rate", 0),
        options.count("limit", Netem.USUAL_LIMIT, 1),
        options.int64OrNull("seed"));
  }

  private static void require(Options options, String name, String needed, String why) {
    if (options.has(name) && !options.has(needed)) {
      throw new PlanException(
          "Cannot do netem with %s: and without %s:".formatted(name, needed), why);
    }
  }

  private static Chance chance(Options options, String name) {
    String correlation = name + "Correlation";
    require(options, correlation, name, "it says how alike neighbours are");
    return new Chance(
        options.probability(name, Probability.NEVER),
        options.probability(correlation, Probability.NEVER));
  }

  private static Loss loss(Options options) {
    if (!options.is("loss", Loss.class)) {
      return new Loss.Random(chance(options, "loss"));
    }
    if (options.has("lossCorrelation")) {
      throw new PlanException(
          "Cannot do netem with a loss model and lossCorrelation:",
          "the model itself says how losses follow each other");
    }
    return (Loss) options.value("loss", "1.percent");
  }

  static Loss gilbertElliott(Map<String, ?> given) {
    Options options = new Options(QdiscWords.class, "gilbertElliott", given);
    return new Loss.GilbertElliott(
        options.probability("p"),
        options.probability("r"),
        options.probability("inBad", Probability.ALWAYS),
        options.probability("inGood", Probability.NEVER));
  }

  static Loss lossStates(Map<String, ?> given) {
    Options options = new Options(QdiscWords.class, "lossStates", given);
    return new Loss.States(
        options.probability("p13"),
        options.probability("p31"),
        options.probability("p32", Probability.NEVER),
        options.probability("p23", Probability.ALWAYS),
        options.probability("p14", Probability.NEVER));
  }

  static Tbf tbf(Device device, Map<String, ?> given) {
    Options options = options("tbf", given);
    long rate = options.bytesPerSecond("rate");
    int frame = device.existing().mtu() + ETHERNET_HEADER;
    int burst = options.bytes("burst", perMillisecond(rate, frame));
    if (burst < frame) {
      throw tooSmall("burst", burst, frame, device);
    }
    if (options.has("limit") && options.has("latency")) {
      throw new PlanException(
          "Cannot do tbf with both limit: and latency:", "each says how much may wait: take one");
    }
    if (options.has("limit")) {
      int limit = options.bytes("limit", 0);
      if (limit < frame) {
        throw tooSmall("limit", limit, frame, device);
      }
      return new Tbf(rate, burst, limit);
    }
    return tbfOf(rate, burst, options.time("latency", USUAL_LATENCY));
  }

  private static Tbf tbfOf(long rate, int burst, Duration latency) {
    try {
      return Tbf.waiting(rate, burst, latency.toNanos());
    } catch (ArithmeticException e) {
      throw new PlanException(
          "Cannot do tbf with latency: " + latency + " at this rate",
          "2 GiB may wait at most: take a shorter latency");
    }
  }

  /** Linux only writes this to its log (tbf), and drops every packet that is longer. */
  private static PlanException tooSmall(String name, int bytes, int frame, Device device) {
    return new PlanException(
        "Cannot do tbf with %s: %d bytes on %s: longer packets would all be dropped"
            .formatted(name, bytes, device),
        "packets have up to %d bytes here (MTU and Ethernet header)".formatted(frame));
  }

  static Htb htb(Map<String, ?> given) {
    Options options = options("htb", given);
    long rate = options.bytesPerSecond("rate");
    long ceiling = options.bytesPerSecond("ceil", rate);
    if (ceiling < rate) {
      throw new PlanException(
          "Cannot do htb with ceil: below rate:",
          "ceil is what it may get when nobody else wants it, rate what it gets in any case");
    }
    return new Htb(
        rate,
        ceiling,
        options.bytes("burst", perMillisecond(rate, LEAST_HTB_BURST)),
        options.bytes("ceilBurst", perMillisecond(ceiling, LEAST_HTB_BURST)));
  }

  private static int perMillisecond(long bytesPerSecond, int least) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(least, bytesPerSecond / 1000));
  }

  static Fq fq(Map<String, ?> given) {
    Options options = options("fq", given);
    long most = options.bytesPerSecond("maxRate", Fq.UNLIMITED);
    if (most > Fq.UNLIMITED) {
      throw new PlanException(
          "Cannot do fq with maxRate: " + options.text("maxRate"), "it is below 34.36 Gbit/s");
    }
    return new Fq(
        options.count("limit", Fq.USUAL_LIMIT, 1),
        options.count("flowLimit", Fq.USUAL_FLOW_LIMIT, 1),
        most,
        !options.has("pacing") || options.flag("pacing"));
  }

  static FqCodel fqCodel(Map<String, ?> given) {
    Options options = options("fqCodel", given);
    return new FqCodel(
        options.count("limit", FqCodel.USUAL_LIMIT, 1),
        micros(options.time("target", Duration.ofMillis(5))),
        micros(options.time("interval", Duration.ofMillis(100))),
        !options.has("ecn") || options.flag("ecn"));
  }

  private static int micros(Duration time) {
    try {
      return Math.toIntExact(time.toNanos() / 1000);
    } catch (ArithmeticException e) {
      throw new PlanException("Cannot do fqCodel with a time of " + time, null);
    }
  }

  static Pfifo pfifo(Map<String, ?> given) {
    return new Pfifo(options("pfifo", given).count("limit", Pfifo.USUAL_LIMIT, 1));
  }
}
