package vethbook.kernel.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.kernel.protocol.MessageType;

/**
 * How long a person waits for plots: from the request of a cell to its last broadcast, through the
 * protocol, with a real kernel. Three kernels are started, one after the other, for each of: the
 * plot as the very first cell, and the plot after a first cell and some seconds of reading. Later
 * ones are new cells, each with other data. Not a test; it takes a minute and wants a quiet
 * machine:
 *
 * <pre>
 * mvn -q -pl kernel -am package -Dquick -Dtest=PlotBenchmark -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * <p>{@code -Dvethbook.jar=FILE} measures that jar, {@code -Dreading=SECONDS} another time to read.
 */
class PlotBenchmark {
  private static final int KERNELS = 3;
  private static final int LATER = 20;
  private static final String PLOT =
      """
      def random = new Random(%d)
      def names = [], values = []
      30.times { names << ['host', 'veth', 'ipvlan'][it %% 3]; values << 100 + random.nextGaussian() }
      plot(Table.create('rates', StringColumn.create('setting', names),
          DoubleColumn.create('throughput (Mbit/s)', values as Double[])))
      """;

  @TempDir Path directory;

  @Test
  void measure() throws Exception {
    int reading = Integer.getInteger("reading", 5);
    for (int i = 0; i < KERNELS; i++) {
      System.out.println("first cell:         " + times(i, 0));
      System.out.println("after " + reading + " s of reading: " + times(i + KERNELS, reading));
    }
  }

  private String times(int number, int reading) throws Exception {
    Path folder = Files.createDirectory(directory.resolve("kernel-" + number));
    long start = System.nanoTime();
    try (KernelProcess kernel = KernelProcess.start(folder);
        KernelClient client = new KernelClient(kernel.connection())) {
      client.run("");
      double ready = milliseconds(start);
      if (reading > 0) {
        client.run("x = 1");
        TimeUnit.SECONDS.sleep(reading);
      }
      double first = plot(client, 0);
      List<Double> later = new ArrayList<>();
      for (int i = 1; i <= LATER; i++) {
        later.add(plot(client, i));
      }
      List<Double> sorted = later.stream().sorted().toList();
      return "kernel ready %.0f ms, first plot %.0f ms, later ones %.0f ms (%.0f to %.0f), the first five %s"
          .formatted(
              ready,
              first,
              sorted.get(LATER / 2),
              sorted.get(0),
              sorted.get(LATER - 1),
              later.subList(0, 5).stream().map(Math::round).toList());
    }
  }

  private static double plot(KernelClient client, int seed) throws Exception {
    long start = System.nanoTime();
    KernelClient.Answer answer = client.run(PLOT.formatted(seed));
    double took = milliseconds(start);
    boolean isDrawn =
        answer.only(MessageType.EXECUTE_RESULT).content().path("data").has("image/svg+xml");
    if (!isDrawn) {
      throw new AssertionError("no picture: " + answer);
    }
    return took;
  }

  private static double milliseconds(long since) {
    return (System.nanoTime() - since) / 1e6;
  }
}
