package vethbook.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;

/**
 * Writes every run down as soon as it has ended, so that a crash loses none: JSON lines, the first
 * of which has the results without runs, the others a run each, the last the warnings and what is
 * known of the machine after the runs.
 *
 * <p>A file that cannot be written is said once; the experiment goes on without.
 */
public final class ResultsJournal implements ExperimentListener {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String WARNINGS = "warnings";
  private static final String MACHINE = "machine";
  private static final String WARM_UPS = "warmUpRuns";

  private final Consumer<String> note;
  private @Nullable Path file;

  /**
   * A journal that replaces what the file has.
   *
   * @param note hears when it cannot be written
   */
  public ResultsJournal(Path file, Consumer<String> note) {
    this.file = file;
    this.note = note;
  }

  @Override
  public void started(Results none) {
    StringBuilder text = new StringBuilder();
    text.append(ResultsJson.tree(none.withoutSamples())).append('\n');
    none.samples().forEach(sample -> text.append(SampleJson.write(sample)).append('\n'));
    write(
        path -> {
          Files.createDirectories(path.toAbsolutePath().getParent());
          Path fresh = Files.writeString(path.resolveSibling(path.getFileName() + ".new"), text);
          Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
        });
  }

  @Override
  public void progress(ExperimentProgress progress) {}

  @Override
  public void sampled(Sample sample) {
    append(SampleJson.write(sample));
  }

  @Override
  public void ended(Results results) {
    ObjectNode end = JsonNodeFactory.instance.objectNode();
    end.put(WARM_UPS, results.warmUpRuns());
    end.set(WARNINGS, ResultsJson.tree(results).get(WARNINGS));
    end.set(MACHINE, MachineJson.write(results.machine()));
    append(end);
  }

  private void append(JsonNode line) {
    write(path -> Files.writeString(path, line + "\n", StandardOpenOption.APPEND));
  }

  /** Something done to the file. */
  private interface Writing {
    void to(Path path) throws IOException;
  }

  private void write(Writing writing) {
    if (file == null) {
      return;
    }
    // on a thread of its own: an interrupt of the caller's would close the file half written
    Optional<Exception> failure = Uninterrupted.run(round -> writing.to(file), 0);
    if (failure.isPresent()) {
      note.accept(
          "A crash would lose the runs of this experiment: cannot write %s (%s)."
              .formatted(file, failure.get()));
      file = null;
    }
  }

  /**
   * What a journal has; a last line cut off by a crash is left out.
   *
   * @return empty when there is no such file
   * @throws ExperimentException when it is no journal
   */
  public static Optional<Results> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<JsonNode> lines = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        parse(line).ifPresent(lines::add);
      }
      if (lines.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(ResultsJson.read(joined(lines)));
    } catch (IOException e) {
      throw new ExperimentException(
          "Cannot read journal " + file, "linux", String.valueOf(e.getMessage()), null, e);
    }
  }

  private static Optional<JsonNode> parse(String line) {
    try {
      return Optional.of(MAPPER.readTree(line));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static JsonNode joined(List<JsonNode> lines) {
    ObjectNode all = lines.get(0).deepCopy();
    for (JsonNode line : lines.subList(1, lines.size())) {
      if (line.has(WARNINGS)) {
        all.setAll((ObjectNode) line);
      } else {
        all.withArray("/samples").add(line);
      }
    }
    return all;
  }
}
