package vethbook.vm;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What runs inside a virtual machine: the marked tests, their outcomes written as JSON lines. */
public final class GuestTests {
  /** The system property that is true in the guest. */
  public static final String GUEST = "vethbook.guest";

  private static final ObjectMapper JSON = new ObjectMapper();

  private GuestTests() {}

  /**
   * One test's end.
   *
   * @param failure its stack trace; empty when it passed
   * @param skipped why it was not run; empty when it was
   */
  public record Outcome(String name, String failure, String skipped) {
    void judge() {
      Assumptions.assumeTrue(skipped.isEmpty(), skipped);
      if (!failure.isEmpty()) {
        throw new AssertionError("in the virtual machine: " + failure);
      }
    }
  }

  public static void main(String[] args) throws IOException {
    System.setProperty(GUEST, "true");
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage("vethbook"))
            .filters(
                ClassNameFilter.includeClassNamePatterns(".*IT"),
                TagFilter.includeTags(NeedsLinux.TAG))
            .build();
    List<Outcome> outcomes = new ArrayList<>();
    LauncherFactory.create().execute(request, new Listener(outcomes));
    StringBuilder lines = new StringBuilder();
    for (Outcome outcome : outcomes) {
      lines.append(JSON.writeValueAsString(outcome)).append('\n');
    }
    Files.writeString(Path.of(args[0]), lines);
    System.exit(0);
  }

  static List<Outcome> read(Path file) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      outcomes.add(JSON.readValue(line, Outcome.class));
    }
    return outcomes;
  }

  private static final class Listener implements TestExecutionListener {
    private final List<Outcome> outcomes;

    Listener(List<Outcome> outcomes) {
      this.outcomes = outcomes;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      outcomes.add(new Outcome(name(test), "", reason));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
      if (test.isTest() || failed) {
        outcomes.add(
            result.getStatus() == TestExecutionResult.Status.ABORTED
                ? new Outcome(name(test), "", reason(result))
                : new Outcome(name(test), failed ? trace(result) : "", ""));
      }
    }

    private static String name(TestIdentifier test) {
      return test.getSource()
          .filter(MethodSource.class::isInstance)
          .map(MethodSource.class::cast)
          .map(source -> simple(source.getClassName()) + "." + test.getDisplayName())
          .orElse(test.getDisplayName());
    }

    private static String simple(String className) {
      return className.substring(className.lastIndexOf('.') + 1);
    }

    private static String reason(TestExecutionResult result) {
      return result.getThrowable().map(Throwable::getMessage).orElse("aborted");
    }

    private static String trace(TestExecutionResult result) {
      StringWriter text = new StringWriter();
      result.getThrowable().ifPresent(failure -> failure.printStackTrace(new PrintWriter(text)));
      return text.toString();
    }
  }
}
