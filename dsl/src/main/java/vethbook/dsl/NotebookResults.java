package vethbook.dsl;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.ResultsReader;
import vethbook.extension.SavedResults;
import vethbook.linux.ExperimentException;
import vethbook.measure.Results;
import vethbook.measure.Sample;

/**
 * How an experiment's results are kept in the notebook: beside a line of text that people see, in a
 * media type of their own, which no front end shows. They are compressed, so that 50 runs take a
 * few kilobytes and one line of the file, and a code host shows no thousand changed lines.
 */
final class NotebookResults implements ResultsReader {
  static final String TYPE = "application/vnd.vethbook.results+json";
  private static final int VERSION = 1;

  /** The line and the results. */
  static MimeBundle bundle(Results results, String tests) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("version", VERSION);
    content.put("title", results.title());
    content.put("tests", tests);
    content.put("gzip", Base64.getEncoder().encodeToString(packed(results.toCompactJson())));
    return MimeBundle.plain(line(results)).and(TYPE, content);
  }

  /** {@code 50 runs in 10 rounds, 2 min 5 s; 3 disturbed by other work of the machine}. */
  private static String line(Results results) {
    List<Sample> samples = results.samples();
    long disturbed = samples.stream().filter(one -> one.load().isContaminated()).count();
    Duration took =
        samples.isEmpty()
            ? Duration.ZERO
            : Duration.between(
                samples.get(0).started(),
                samples
                    .get(samples.size() - 1)
                    .started()
                    .plus(samples.get(samples.size() - 1).took()));
    return "%s in %s, %s%s"
        .formatted(
            count(samples.size(), "run"),
            count(results.rounds().size(), "round"),
            time(took),
            disturbed == 0 ? "" : "; " + disturbed + " disturbed by other work of the machine");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String time(Duration time) {
    long seconds = Math.max(0, Math.round(time.toMillis() / 1000.0));
    return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public SavedResults read(Object content) {
    return saved(content);
  }

  static Results results(Object content) {
    return saved(content).results();
  }

  private static SavedExperiment saved(Object content) {
    if (!(content instanceof Map<?, ?> map) || !(map.get("gzip") instanceof String text)) {
      throw damaged("it has no \"gzip\"", null);
    }
    if (!(map.get("version") instanceof Number version) || version.intValue() != VERSION) {
      throw damaged("it is version %s, known is %d".formatted(map.get("version"), VERSION), null);
    }
    try {
      byte[] packed = Base64.getDecoder().decode(text);
      return new SavedExperiment(
          Results.fromJson(unpacked(packed)), String.valueOf(map.get("tests")));
    } catch (EOFException e) {
      throw damaged("they are cut off", e);
    } catch (IllegalArgumentException | IOException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  private static ExperimentException damaged(String reason, @Nullable Throwable cause) {
    return new ExperimentException(
        "Cannot read the results that the notebook keeps",
        "vethbook",
        reason,
        "run the notebook again",
        cause);
  }

  static byte[] packed(String json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory can always be written
    }
    return bytes.toByteArray();
  }

  static String unpacked(byte[] packed) throws IOException {
    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
