package vethbook.kernel.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine.Option;
import vethbook.kernel.notebook.NotebookParameters.Text;

/** The parameters that a run is given, on the command line or in a file. */
final class ParameterOptions {
  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "NAME=VALUE",
      description = "Give a parameter another value.")
  private Map<String, String> single = new LinkedHashMap<>();

  @Option(
      names = "--params",
      paramLabel = "FILE",
      description = "Parameters from a YAML or JSON file; -p comes before it.")
  private @Nullable Path file;

  @Option(names = "--rounds", paramLabel = "N", description = "The same as -p rounds=N.")
  private @Nullable String rounds;

  @Option(
      names = "--matrix",
      paramLabel = "NAME=A,B",
      description = {
        "Run once with each of these values; said again for another parameter, with each pair."
      })
  private Map<String, String> matrix = new LinkedHashMap<>();

  /**
   * The values that all runs are given.
   *
   * @throws UsageException for a file that cannot be read, or a name that is said twice
   */
  Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values =
        new LinkedHashMap<>(file == null ? Map.of() : read(file));
    single.forEach((name, text) -> values.put(name, new Text(text)));
    if (rounds != null) {
      if (single.containsKey("rounds")) {
        throw new UsageException("Cannot take both --rounds and -p rounds: say one of them");
      }
      values.put("rounds", new Text(rounds));
    }
    for (String name : matrix.keySet()) {
      if (single.containsKey(name) || (rounds != null && name.equals("rounds"))) {
        throw new UsageException(
            "Cannot take parameter " + name + " from --matrix and by itself: say one of them");
      }
    }
    return values;
  }

  boolean hasMatrix() {
    return !matrix.isEmpty();
  }

  /** Each combination of the matrix, the last parameter changing first; one empty without it. */
  List<Map<String, String>> combinations() {
    List<Map<String, String>> all = List.of(Map.of());
    for (Map.Entry<String, String> each : matrix.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> begun : all) {
        for (String value : split(each.getKey(), each.getValue())) {
          Map<String, String> one = new LinkedHashMap<>(begun);
          one.put(each.getKey(), value);
          longer.add(one);
        }
      }
      all = longer;
    }
    return all;
  }

  /** At commas outside of brackets and quotes. */
  private static List<String> split(String name, String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (quote != 0) {
        quote = next == quote ? 0 : quote;
      } else if (next == '"' || next == '\'') {
        quote = next;
      } else if ("[{(".indexOf(next) >= 0) {
        depth++;
      } else if ("]})".indexOf(next) >= 0) {
        depth--;
      }
      if (next == ',' && depth == 0 && quote == 0) {
        parts.add(part.toString().strip());
        part.setLength(0);
      } else {
        part.append(next);
      }
    }
    parts.add(part.toString().strip());
    if (parts.contains("") || parts.stream().distinct().count() < parts.size()) {
      throw new UsageException(
          "Cannot take --matrix %s=%s: it takes different values with commas between them"
              .formatted(name, text));
    }
    return parts;
  }

  private static Map<String, @Nullable Object> read(Path file) {
    Object content;
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
      content = new Load(settings).loadFromString(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new UsageException("Cannot find the file of parameters " + file);
    } catch (IOException e) {
      throw new UsageException("Cannot read the file of parameters " + file + ": " + e);
    } catch (YamlEngineException e) {
      throw new UsageException(
          "Cannot read the file of parameters " + file + " as YAML: " + e.getMessage().strip());
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    if (content instanceof Map<?, ?> map) {
      map.forEach((name, value) -> values.put(String.valueOf(name), value));
    } else if (content != null) {
      throw new UsageException(
          "Cannot read the file of parameters " + file + ": it takes lines such as rounds: 10");
    }
    return values;
  }
}
