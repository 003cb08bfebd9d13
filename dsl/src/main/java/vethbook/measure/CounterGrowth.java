package vethbook.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * By how much counters grew while something went on.
 *
 * @param before as they were
 * @param after as they were then
 * @param moments as they were in between, in order; empty when nobody asked
 */
public record CounterGrowth(
    CounterWatch.Moment before, CounterWatch.Moment after, List<CounterWatch.Moment> moments) {
  public CounterGrowth {
    moments = List.copyOf(moments);
  }

  /** How long it went on. */
  public Duration took() {
    return after.at().minus(before.at());
  }

  /** The growth of all counters of a place, by name. */
  public Map<String, Long> of(String place) {
    return Counters.difference(
        before.values().getOrDefault(place, Map.of()),
        after.values().getOrDefault(place, Map.of()));
  }

  /** The names of the places: namespaces and {@code machine}. */
  public List<String> places() {
    return List.copyOf(after.values().keySet());
  }

  /**
   * A row for each moment: the time, and by how much each counter that grew at all had grown since
   * the moment before.
   *
   * @param wanted of which counters, by {@code NAME} or, with several places, {@code PLACE:NAME}
   */
  public List<Map<String, Object>> series(Predicate<String> wanted) {
    List<String> grown = grown(wanted);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 1; i < moments.size(); i++) {
      Map<String, Long> now = flat(moments.get(i));
      Map<String, Long> last = flat(moments.get(i - 1));
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("time (s)", moments.get(i).at().toNanos() / 1e9);
      for (String name : grown) {
        row.put(name, now.getOrDefault(name, 0L) - last.getOrDefault(name, 0L));
      }
      rows.add(row);
    }
    return rows;
  }

  private List<String> grown(Predicate<String> wanted) {
    if (moments.isEmpty()) {
      return List.of();
    }
    Map<String, Long> first = flat(moments.get(0));
    return flat(moments.get(moments.size() - 1)).entrySet().stream()
        .filter(entry -> !entry.getValue().equals(first.getOrDefault(entry.getKey(), 0L)))
        .map(Map.Entry::getKey)
        .filter(name -> wanted.test(name) || wanted.test(name.substring(name.indexOf(':') + 1)))
        .toList();
  }

  private static Map<String, Long> flat(CounterWatch.Moment moment) {
    Map<String, Long> all = new LinkedHashMap<>();
    moment
        .values()
        .forEach(
            (place, counters) ->
                counters.forEach(
                    (name, value) ->
                        all.put(moment.values().size() == 1 ? name : place + ":" + name, value)));
    return all;
  }
}
