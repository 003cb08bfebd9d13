package vethbook.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectionFileTest {
  @TempDir Path directory;

  @Test
  void readsBackWhatItWrites() throws Exception {
    ConnectionFile file =
        new ConnectionFile("tcp", "127.0.0.1", 1, 2, 3, 4, 65_535, "hmac-sha256", "key");

    assertThat(ConnectionFile.read(write(file.toJson().toString()))).isEqualTo(file);
    assertThat(file.endpoint(file.heartbeatPort())).isEqualTo("tcp://127.0.0.1:65535");
  }

  @Test
  void namesThePortThatIsMissing() throws Exception {
    Path file = write("{\"shell_port\": 1, \"control_port\": 99999}");

    assertThatThrownBy(() -> ConnectionFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("control_port");
  }

  @Test
  void refusesOtherTransports() throws Exception {
    Path file = write("{\"transport\": \"ipc\"}");

    assertThatThrownBy(() -> ConnectionFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("its transport is ipc")
        .hasMessageContaining("next:  start Jupyter without --transport=ipc");
  }

  @Test
  void refusesWhatIsNoJson() throws Exception {
    Path file = write("hello");

    assertThatThrownBy(() -> ConnectionFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no JSON");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("connection.json"), text);
  }
}
