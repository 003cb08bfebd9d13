package vethbook.dsl;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;

/** What {@link ProcessWords} say, said to a namespace: {@code client.run 'ip', 'addr'}. */
public final class NetnsProcessWords {
  private NetnsProcessWords() {}

  /** Options as {@link ProcessWords#run(Map, Netns, Object...)}. */
  public static String run(Netns self, Map<String, ?> options, Object... argv) {
    return new Program("run", options, self, argv).run();
  }

  public static String run(Netns self, Object... argv) {
    return run(self, Map.of(), argv);
  }

  /** Options as {@link ProcessWords#start(Map, Netns, Object...)}. */
  public static BackgroundProcess start(Netns self, Map<String, ?> options, Object... argv) {
    return new Program("start", options, self, argv).start();
  }

  public static BackgroundProcess start(Netns self, Object... argv) {
    return start(self, Map.of(), argv);
  }

  /** Other tools' word for {@link #run(Netns, Object...)}. */
  public static String exec(Netns self, Object... argv) {
    String said = Arrays.stream(argv).map(String::valueOf).collect(Collectors.joining("', '"));
    throw new PlanException(
        "Cannot do exec on " + self, "say %s.run '%s'".formatted(self.name(), said));
  }

  /** Other tools' word for running a line of shell. */
  public static String sh(Netns self, Object... argv) {
    String said = Arrays.stream(argv).map(String::valueOf).collect(Collectors.joining(" "));
    throw new PlanException(
        "Cannot do sh on " + self, "say %s.run 'sh', '-c', '%s'".formatted(self.name(), said));
  }
}
