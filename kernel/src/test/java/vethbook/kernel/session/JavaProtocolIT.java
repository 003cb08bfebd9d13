package vethbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageType;

/** The kernel whose cells are Java, as front ends meet it. */
final class JavaProtocolIT {
  @TempDir static Path directory;

  private static KernelProcess kernel;
  private static KernelClient client;

  @BeforeAll
  static void start() throws Exception {
    kernel = KernelProcess.start(directory, Map.of(), "java");
    client = new KernelClient(kernel.connection());
  }

  @AfterAll
  static void stop() {
    client.close();
    kernel.close();
  }

  @Test
  void saysWhichLanguageItsCellsAre() throws Exception {
    JsonNode language =
        client
            .ask(MessageType.KERNEL_INFO_REQUEST, Json.object())
            .reply()
            .content()
            .path("language_info");

    assertThat(language.path("name").asText()).isEqualTo("java");
    assertThat(language.path("mimetype").asText()).isEqualTo("text/x-java");
    assertThat(language.path("codemirror_mode").asText()).isEqualTo("text/x-java");
    assertThat(language.path("pygments_lexer").asText()).isEqualTo("java");
    assertThat(language.path("file_extension").asText()).isEqualTo(".jsh");
    assertThat(language.path("version").asText()).isNotEmpty();
  }

  @Test
  void sharesVariablesBetweenLanguages() throws Exception {
    assertThat(client.run("int number = 41; number + 1").result()).isEqualTo("42");
    assertThat(client.run("%%groovy\nnumber *= 2\nnumber").result()).isEqualTo("82");
    assertThat(client.run("System.out.println(number);").printed("stdout")).isEqualTo("82\n");
  }

  @Test
  void namesTheLineOfAnError() throws Exception {
    JsonNode error =
        client.run("int fine = 1;\nint wrong = \"text\";").only(MessageType.ERROR).content();

    assertThat(error.path("ename").asText()).isEqualTo("CompilationError");
    assertThat(error.path("evalue").asText()).contains("line 2): incompatible types");
  }

  @Test
  void stopsALoopThatDoesNothing() throws Exception {
    client.run("int survivor = 7;");
    Message cell = client.execute("System.out.println(\"begun\");\nfor (;;) {}");
    client.awaitBroadcast(MessageType.STREAM);
    long begin = System.nanoTime();
    client.sendControl(MessageType.INTERRUPT_REQUEST, Json.object());

    assertThat(client.answer(cell).status()).isEqualTo("error");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    client.controlReply();
    assertThat(client.run("survivor").result()).isEqualTo("7");
  }

  @Test
  void livesAfterWhatWouldEndIt() throws Exception {
    assertThat(client.run("System.exit(0);").status()).isEqualTo("error");
    assertThat(client.run("int f(int n) { return f(n); }\nf(1)").status()).isEqualTo("error");
    assertThat(client.run("1 + 1").result()).isEqualTo("2");
  }

  @Test
  void completesMembers() throws Exception {
    client.run("var text = \"abc\";");
    JsonNode matches =
        client
            .ask(MessageType.COMPLETE_REQUEST, Json.object().put("code", "text.toUp"))
            .reply()
            .content()
            .path("matches");

    assertThat(matches).hasSize(1);
    assertThat(matches.get(0).asText()).isEqualTo("toUpperCase(");
  }
}
