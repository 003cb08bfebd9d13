package vethbook.kernel.magic;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code %time}: says how long code takes. */
final class TimeMagic implements Magic {
  @Override
  public List<String> names() {
    return List.of("time");
  }

  @Override
  public List<String> usage() {
    return List.of("%time CODE", "%%time");
  }

  @Override
  public String summary() {
    return "Runs a line or a cell and prints how long that took, compilation included.";
  }

  @Override
  public @Nullable Object line(Call call) throws Throwable {
    return timed(call, call.code());
  }

  @Override
  public @Nullable Object cell(Call call, String body) throws Throwable {
    return timed(call, call.text().isEmpty() ? body : call.text() + "\n" + body);
  }

  private static @Nullable Object timed(Call call, String code) throws Throwable {
    long begin = System.nanoTime();
    try {
      return call.run(code);
    } finally {
      System.out.println("took " + text(Duration.ofNanos(System.nanoTime() - begin)));
    }
  }

  static String text(Duration time) {
    double seconds = time.toNanos() / 1e9;
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.1f ms", seconds * 1e3);
    }
    return seconds < 60
        ? String.format(Locale.ROOT, "%.2f s", seconds)
        : String.format(Locale.ROOT, "%d min %.0f s", time.toMinutes(), seconds % 60);
  }
}
