package vethbook.dsl;

import groovy.lang.Closure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import vethbook.lab.Netns;
import vethbook.lab.PlanException;

/** What the word {@code measure} does. */
final class Measuring {
  private static final String EXAMPLE =
      "say measure(client, 'curl', ...) { out -> lowerIsBetter 'total time', 's', out }";

  private Measuring() {}

  static Measured run(Map<String, ?> options, Object... netnsArgvAndBlock) {
    List<Object> words = Arrays.asList(netnsArgvAndBlock);
    if (words.isEmpty() || !(words.get(words.size() - 1) instanceof Closure<?> block)) {
      throw new PlanException("Cannot measure without a block that reads the output", EXAMPLE);
    }
    if (!(words.get(0) instanceof Netns netns)) {
      throw new PlanException("Cannot measure without a netns before the program", EXAMPLE);
    }
    Object[] argv = words.subList(1, words.size() - 1).toArray();
    String out = new Program("measure", options, netns, argv).run();
    return read(name(argv), out, block);
  }

  private static String name(Object... argv) {
    Object first = argv[0] instanceof List<?> list ? list.get(0) : argv[0];
    return String.valueOf(Path.of(String.valueOf(first)).getFileName());
  }

  private static Measured read(String program, String out, Closure<?> block) {
    Readings readings = new Readings();
    Closure<?> own = (Closure<?>) block.clone();
    own.setDelegate(readings);
    own.setResolveStrategy(Closure.DELEGATE_FIRST);
    own.call(out);
    if (readings.figures().isEmpty()) {
      throw new PlanException(
          "Cannot measure by what " + program + " printed: the block said no number", EXAMPLE);
    }
    return new Measured(program, program, readings.figures(), readings.made(), out);
  }
}
