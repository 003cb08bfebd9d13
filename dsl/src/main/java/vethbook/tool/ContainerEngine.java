package vethbook.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Nearest;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;

/** Docker or Podman, asked by its own command: it knows where its containers are. */
public enum ContainerEngine {
  DOCKER,
  PODMAN;

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Between the start that an engine writes down and that of the process. */
  private static final Duration START = Duration.ofSeconds(30);

  /**
   * A container that runs.
   *
   * @param name as the engine calls it; what was asked for may be an id
   * @param pid its first process, as this machine counts them
   */
  public record Container(ContainerEngine engine, String id, String name, long pid) {}

  /** What an engine said instead. */
  private record Refusal(ContainerEngine engine, String said) {
    boolean isUnknown() {
      return said.toLowerCase(Locale.ROOT).contains("no such");
    }

    /** What the engines' commonest refusals mean; null for others. */
    @Nullable String advice() {
      if (said.contains("permission denied while trying to connect")) {
        return "join the group docker, or start Jupyter as root";
      }
      return said.contains("Cannot connect") || said.contains("unable to connect")
          ? "start the engine, or say where it is: DOCKER_HOST=unix:///path in Jupyter's"
              + " environment"
          : null;
    }
  }

  /** The commands of all. */
  public static List<String> commands() {
    return Arrays.stream(values()).map(ContainerEngine::command).toList();
  }

  /** Why it cannot be asked for containers, in a line; empty when it answers. */
  public Optional<String> absence() {
    if (Command.find(command()).isEmpty()) {
      return Optional.of(command() + " is not installed");
    }
    Command.Output output = ask("ps", "--quiet");
    return output.exit() == 0
        ? Optional.empty()
        : Optional.of(
            "no %s engine answers (%s)"
                .formatted(command(), output.err().strip().lines().findFirst().orElse("")));
  }

  /** The command: {@code docker}. */
  public String command() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a container with the first of some engines that knows it.
   *
   * @param wanted name, id or the first characters of an id
   * @throws ExperimentException when none knows it, when it does not run, or when it runs on
   *     another machine
   */
  public static Container find(String wanted, List<ContainerEngine> engines) {
    List<Refusal> refusals = new ArrayList<>();
    for (ContainerEngine engine : engines) {
      if (Command.find(engine.command()).isPresent()) {
        Command.Output output = engine.ask("container", "inspect", wanted);
        if (output.exit() == 0) {
          return engine.running(wanted, output.out());
        }
        refusals.add(new Refusal(engine, output.err().strip()));
      }
    }
    throw unknown(wanted, engines, refusals);
  }

  private Command.Output ask(String... arguments) {
    List<String> argv = new ArrayList<>(List.of(command()));
    argv.addAll(List.of(arguments));
    return Command.of(argv).run(LIMIT);
  }

  private Container running(String wanted, String json) {
    JsonNode found = parsed(json).path(0);
    String name = found.path("Name").asText().replaceFirst("^/", "");
    JsonNode state = found.path("State");
    if (!state.path("Running").asBoolean()) {
      throw new ExperimentException(
          "Cannot attach container " + wanted + ": it is not running",
          command(),
          "status " + state.path("Status").asText("unknown"),
          "start it: " + command() + " start " + name,
          null);
    }
    String id = found.path("Id").asText();
    long pid = state.path("Pid").asLong();
    if (!isHere(pid, id, state.path("StartedAt").asText())) {
      throw new ExperimentException(
          "Cannot attach container " + wanted + ": its process is not on this machine",
          command(),
          "process " + pid,
          "the engine runs elsewhere or in a PID namespace of its own (DOCKER_HOST, "
              + command()
              + " context): run Vethbook where the containers run",
          null);
    }
    return new Container(this, id, name, pid);
  }

  private static JsonNode parsed(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new ExperimentException("Cannot read what a container engine said: " + json);
    }
  }

  /** Process ids mean something on one machine only: another process may have this one here. */
  private static boolean isHere(long pid, String id, String startedAt) {
    try {
      if (Files.readString(Path.of("/proc/" + pid + "/cgroup")).contains(id)) {
        return true;
      }
    } catch (IOException e) {
      return false;
    }
    // without a control group of its own (podman --cgroups=disabled) the time has to do
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(start -> Duration.between(start, instant(startedAt)).abs().compareTo(START) < 0)
        .orElse(false);
  }

  private static Instant instant(String text) {
    try {
      return java.time.OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  private static ExperimentException unknown(
      String wanted, List<ContainerEngine> engines, List<Refusal> refusals) {
    String cannot = "Cannot attach container " + wanted;
    if (refusals.isEmpty()) {
      String names = String.join(" nor ", engines.stream().map(ContainerEngine::command).toList());
      return new ExperimentException(
          cannot + ": " + (engines.size() > 1 ? "neither " : "no ") + names + " is installed here",
          null,
          null,
          "another engine's container can be attached by a process in it: netns 'box', pid: 4711",
          null);
    }
    for (Refusal refusal : refusals) {
      if (refusal.isUnknown()) {
        return refused(cannot, refusal, refusal.engine().nearest(wanted));
      }
    }
    return refused(cannot, refusals.get(0), refusals.get(0).advice());
  }

  private static ExperimentException refused(
      String cannot, Refusal refusal, @Nullable String next) {
    return new ExperimentException(cannot, refusal.engine().command(), refusal.said(), next, null);
  }

  private String nearest(String wanted) {
    Command.Output output = ask("ps", "--format", "{{.Names}}");
    List<String> names = output.out().lines().filter(name -> !name.isBlank()).toList();
    List<String> near = Nearest.of(wanted, names);
    if (!near.isEmpty()) {
      return "did you mean " + String.join(" or ", near) + "?";
    }
    return names.isEmpty() ? "no container runs" : "those that run: " + String.join(", ", names);
  }
}
