package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the words do with the answers of engines, which a script in their place gives. */
class ContainerEngineLinuxIT {
  /** Podman's own answers, shortened; {@code box} is a process of the test. */
  private static final String PODMAN =
      """
      #!/bin/sh
      echo "podman $*" >> %2$s
      case "$*" in
        "container inspect box") echo '[{"Id":"abc","Name":"box","State":{"Status":"running",
          "Running":true,"Pid":%1$d,"StartedAt":"%3$s"}}]' ;;
        "container inspect old") echo '[{"Id":"def","Name":"old","State":{"Status":"running",
          "Running":true,"Pid":%1$d,"StartedAt":"2020-01-01T00:00:00Z"}}]' ;;
        "ps --format {{.Names}}") echo box ;;
        *) echo "Error: no such container $3" >&2; exit 125 ;;
      esac
      """;

  private static final String DOCKER =
      """
      #!/bin/sh
      echo "permission denied while trying to connect to the Docker daemon socket" >&2
      exit 1
      """;

  @TempDir Path folder;

  @Test
  void podmanIsAskedWhereDockerDoesNotKnow() throws Exception {
    try (ForeignNetns box = new ForeignNetns()) {
      Path asked = folder.resolve("asked");
      program("podman", PODMAN.formatted(box.pid(), asked, Instant.now()));
      program("docker", DOCKER);

      assertThat(
              CellProcess.run(
                  Map.of("PATH", folder + ":" + System.getenv("PATH")),
                  "container('box').own0.link().present",
                  "container('box') === netns('box')",
                  "container 'old'",
                  "container 'bxo'",
                  "container 'box', engine: 'docker'"))
          .startsWith("true\ntrue\n")
          .contains("Cannot attach container old: its process is not on this machine")
          .contains("Error: no such container bxo")
          .contains("did you mean box?")
          .contains("Cannot attach container box.\n  docker: permission denied")
          .contains("join the group docker");
      assertThat(Files.readAllLines(asked))
          .startsWith("podman container inspect box")
          .endsWith("podman ps --format {{.Names}}");
    }
  }

  private void program(String name, String script) throws Exception {
    Path file = Files.writeString(folder.resolve(name), script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
