package vethbook.dsl;

import groovy.lang.Closure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import vethbook.lab.Lab;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.measure.CounterNames;
import vethbook.measure.CounterWatch;
import vethbook.measure.Counters;
import vethbook.measure.RunCounters;

/** What {@link CounterWords} do. */
final class Counting {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final Lab lab;

  Counting(Lab lab) {
    this.lab = lab;
  }

  Counted run(Options options, Object... namespacesAndBlock) {
    lab.requireNoPlan("read counters");
    List<Object> words = Arrays.asList(namespacesAndBlock);
    if (words.isEmpty() || !(words.get(words.size() - 1) instanceof Closure<?> block)) {
      throw new PlanException(
          "Cannot count without a block", "say counters(client) { ping from: client, to: server }");
    }
    List<Netns> namespaces = namespaces(words.subList(0, words.size() - 1));
    Duration interval = options.time("interval", Duration.ZERO);
    if (!interval.isZero() && interval.compareTo(SHORTEST) < 0) {
      throw new PlanException("Cannot read counters every " + interval, "1.milliseconds or more");
    }
    Predicate<String> wanted =
        options.has("only") ? CounterNames.matching(options.texts("only")) : name -> true;
    return count(namespaces, interval, wanted, block);
  }

  private Counted count(
      List<Netns> namespaces, Duration interval, Predicate<String> wanted, Closure<?> block) {
    Map<String, Counters> all = open(namespaces, Counters::withDriversAndRules);
    all.put(Counted.MACHINE, Counters.machineByCpu());
    Map<String, Counters> quick = new LinkedHashMap<>();
    if (!interval.isZero()) {
      quick.putAll(open(namespaces, Counters::of));
      quick.put(Counted.MACHINE, Counters.machine());
    }
    try (CounterWatch watch = new CounterWatch(all, quick)) {
      if (!interval.isZero()) {
        watch.sample(interval);
      }
      Object value = block.call();
      return new Counted(watch.end(), value, wanted);
    }
  }

  /** What an experiment reads around each run, in the namespaces that there are when it begins. */
  Supplier<Counters> aroundRuns(Options options, Consumer<String> note) {
    Predicate<String> more =
        options.has("counters") ? CounterNames.matching(options.texts("counters")) : name -> false;
    return () -> {
      Map<String, NetnsHandle> namespaces = new LinkedHashMap<>();
      lab.namespaces().forEach(netns -> namespaces.put(netns.name(), netns.handle()));
      if (namespaces.size() > RunCounters.MOST_NAMESPACES) {
        note.accept(
            "Counters are kept of the machine only: %d namespaces are too many to read around each run."
                .formatted(namespaces.size()));
        namespaces.clear();
      }
      return Counters.ofRun(namespaces, more);
    };
  }

  private static Map<String, Counters> open(
      List<Netns> namespaces, Function<NetnsHandle, Counters> how) {
    Map<String, Counters> places = new LinkedHashMap<>();
    namespaces.forEach(netns -> places.put(netns.name(), how.apply(netns.handle())));
    return places;
  }

  private static List<Netns> namespaces(List<Object> words) {
    List<Netns> namespaces = new ArrayList<>();
    for (Object word : words) {
      if (!(word instanceof Netns netns)) {
        throw new PlanException(
            "Cannot read the counters of " + word, "say namespaces: counters(client, server) { }");
      }
      namespaces.add(netns);
    }
    return namespaces;
  }
}
