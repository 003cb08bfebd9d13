package vethbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.kernel.protocol.Json;
import vethbook.kernel.protocol.Message;
import vethbook.kernel.protocol.MessageType;
import vethbook.kernel.session.KernelClient.Answer;

/** The shape of each message, from a real kernel process. One kernel serves all tests. */
final class MessagesProtocolIT {
  @TempDir static Path directory;

  private static KernelProcess kernel;
  private static KernelClient client;

  @BeforeAll
  static void start() throws Exception {
    kernel = KernelProcess.start(directory);
    client = new KernelClient(kernel.connection());
  }

  @AfterAll
  static void stop() {
    client.close();
    kernel.close();
  }

  @Test
  void tellsWhatItIs() throws Exception {
    JsonNode info = client.ask(MessageType.KERNEL_INFO_REQUEST, Json.object()).reply().content();

    assertThat(info.path("status").asText()).isEqualTo("ok");
    assertThat(info.path("protocol_version").asText()).startsWith("5.");
    assertThat(info.path("implementation").asText()).isEqualTo("vethbook");
    assertThat(info.path("implementation_version").asText()).isNotEmpty();
    assertThat(info.path("banner").asText()).isNotEmpty();
    assertThat(info.path("language_info").path("name").asText()).isEqualTo("groovy");
    assertThat(info.path("language_info").path("file_extension").asText()).isEqualTo(".groovy");
    assertThat(info.path("language_info").path("mimetype").asText()).isNotEmpty();
  }

  @Test
  void showsTheValueOfTheLastExpression() throws Exception {
    Answer answer = client.run("6 * 7");

    assertThat(answer.types())
        .containsExactly(
            MessageType.STATUS,
            MessageType.EXECUTE_INPUT,
            MessageType.EXECUTE_RESULT,
            MessageType.STATUS);
    assertThat(answer.result()).isEqualTo("42");
    JsonNode result = answer.only(MessageType.EXECUTE_RESULT).content();
    JsonNode input = answer.only(MessageType.EXECUTE_INPUT).content();
    assertThat(input.path("code").asText()).isEqualTo("6 * 7");
    assertThat(input.path("execution_count")).isEqualTo(result.path("execution_count"));
    assertThat(answer.reply().content().path("execution_count"))
        .isEqualTo(result.path("execution_count"));
    assertThat(answer.reply().content().path("payload").isArray()).isTrue();
    assertThat(answer.reply().content().path("user_expressions").isObject()).isTrue();
  }

  @Test
  void showsNothingForNull() throws Exception {
    assertThat(client.run("null").all(MessageType.EXECUTE_RESULT)).isEmpty();
  }

  @Test
  void namesTheRequestInEveryAnswer() throws Exception {
    Message request = client.execute("println 1; 2");
    Answer answer = client.answer(request);

    String id = request.header().id();
    assertThat(answer.reply().parent().path("msg_id").asText()).isEqualTo(id);
    assertThat(answer.broadcasts())
        .allSatisfy(m -> assertThat(m.parent().path("msg_id").asText()).isEqualTo(id));
  }

  @Test
  void keepsTheOrderOfTextAndDisplays() throws Exception {
    Answer answer =
        client.run("print 'a'; display 'b'; print 'c'; System.err.print 'd'; print 'e'");

    List<String> shown =
        answer.broadcasts().stream()
            .filter(
                m ->
                    m.type().equals(MessageType.STREAM)
                        || m.type().equals(MessageType.DISPLAY_DATA))
            .map(
                m ->
                    m.type().equals(MessageType.STREAM)
                        ? m.content().path("text").asText()
                        : m.content().path("data").path("text/plain").asText())
            .toList();
    assertThat(shown).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void joinsManyLinesIntoFewMessagesAndLosesNone() throws Exception {
    Answer answer = client.run("20000.times { println it }");

    assertThat(answer.printed("stdout").lines()).hasSize(20_000).endsWith("19999");
    assertThat(answer.all(MessageType.STREAM)).hasSizeLessThan(500);
  }

  @Test
  void printsCharactersOfEveryLength() throws Exception {
    assertThat(client.run("print 'aé漢😀' * 5000").printed("stdout"))
        .isEqualTo("aé漢😀".repeat(5000));
  }

  @Test
  void showsWhatProgramsPrintInItsPlace() throws Exception {
    Answer answer =
        client.run(
            """
            def child = { new ProcessBuilder('sh', '-c', it).inheritIO().start().waitFor() }
            println 'a'
            child 'echo b'
            println 'c'
            child 'echo d'; child 'seq 20000'
            display 'e'
            child 'echo trouble >&2'
            println 'f'
            """);

    assertThat(answer.printed("stdout").lines())
        .startsWith("a", "b", "c", "d", "1")
        .endsWith("20000", "f")
        .hasSize(20_005);
    assertThat(answer.printed("stderr")).isEqualTo("trouble\n");
    List<String> types = answer.types();
    int display = types.indexOf(MessageType.DISPLAY_DATA);
    assertThat(types.subList(display, types.size()))
        .containsExactly(
            MessageType.DISPLAY_DATA, MessageType.STREAM, MessageType.STREAM, MessageType.STATUS);
  }

  @Test
  void keepsItsOwnLogOutOfTheCells() throws Exception {
    client.run("1");
    client.shell().sendFrames(List.of("noise".getBytes(StandardCharsets.UTF_8)));

    Answer answer = client.run("System.out.println('visible'); sleep 300");

    assertThat(answer.printed("stderr")).isEmpty();
    assertThat(kernel.log()).contains("dropped a message").doesNotContain("visible");
  }

  @Test
  void printsWhatABackgroundThreadSays() throws Exception {
    Answer answer = client.run("Thread.start { System.err.println 'from a thread' }.join()");

    assertThat(answer.printed("stderr")).isEqualTo("from a thread\n");
  }

  @Test
  void showsTextWhileTheCellStillRuns() throws Exception {
    Message request = client.execute("println 'early'; sleep 3000; println 'late'");
    long start = System.nanoTime();

    Message first = client.awaitBroadcast(MessageType.STREAM);

    assertThat(first.content().path("text").asText()).isEqualTo("early\n");
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(2.5);
    assertThat(client.answer(request).printed("stdout")).isEqualTo("late\n");
  }

  @Test
  void runsSilently() throws Exception {
    int before = client.run("1").reply().content().path("execution_count").asInt();
    ObjectNode content = Json.object().put("code", "silent = 5").put("silent", true);

    Answer answer = client.ask(MessageType.EXECUTE_REQUEST, content);

    assertThat(answer.types()).containsExactly(MessageType.STATUS, MessageType.STATUS);
    Answer next = client.run("silent");
    assertThat(next.result()).isEqualTo("5");
    assertThat(next.reply().content().path("execution_count").asInt()).isEqualTo(before + 1);
  }

  @Test
  void doesNotCountWhatIsNotStored() throws Exception {
    int before = client.run("1").reply().content().path("execution_count").asInt();

    client.ask(
        MessageType.EXECUTE_REQUEST, Json.object().put("code", "2").put("store_history", false));

    assertThat(client.run("3").reply().content().path("execution_count").asInt())
        .isEqualTo(before + 1);
  }

  @Test
  void evaluatesUserExpressionsEachByItself() throws Exception {
    ObjectNode content = Json.object().put("code", "n = 4");
    content.putObject("user_expressions").put("good", "n * n").put("bad", "nowhere + 1");

    JsonNode answers =
        client.ask(MessageType.EXECUTE_REQUEST, content).reply().content().path("user_expressions");

    assertThat(answers.path("good").path("data").path("text/plain").asText()).isEqualTo("16");
    assertThat(answers.path("bad").path("status").asText()).isEqualTo("error");
    assertThat(answers.path("bad").path("ename").asText()).isNotEmpty();
  }

  @Test
  void tellsAnErrorToTheSenderAndToAll() throws Exception {
    Answer answer = client.run("x = 1\nthrow new IllegalStateException('no luck')");

    JsonNode error = answer.only(MessageType.ERROR).content();
    assertThat(answer.status()).isEqualTo("error");
    assertThat(error.path("ename").asText()).isEqualTo("IllegalStateException");
    assertThat(error.path("evalue").asText()).contains("no luck").contains("line 2");
    assertThat(error.path("traceback").isArray()).isTrue();
    assertThat(error.path("traceback").toString()).doesNotContain("org.codehaus.groovy");
    assertThat(answer.reply().content().path("ename")).isEqualTo(error.path("ename"));
    assertThat(answer.reply().content().path("traceback")).isEqualTo(error.path("traceback"));
  }

  @Test
  void survivesErrorsThatAreNoExceptions() throws Exception {
    assertThat(client.run("def deep(n) { deep(n + 1) + 1 }\ndeep(0)").status()).isEqualTo("error");
    assertThat(client.run("new long[Integer.MAX_VALUE][]; new byte[Integer.MAX_VALUE]").status())
        .isEqualTo("error");
    assertThat(client.run("throw new NoClassDefFoundError('gone')").status()).isEqualTo("error");
    assertThat(client.run("System.exit(3)").status()).isEqualTo("error");

    assertThat(client.run("'alive'").result()).isEqualTo("alive");
  }

  @Test
  void replacesADisplayInPlace() throws Exception {
    Answer answer = client.run("display('before', id: 'a'); display('after', id: 'a')");

    JsonNode first = answer.only(MessageType.DISPLAY_DATA).content();
    JsonNode second = answer.only(MessageType.UPDATE_DISPLAY_DATA).content();
    assertThat(second.path("data").path("text/plain").asText()).isEqualTo("after");
    assertThat(first.path("transient").path("display_id").asText()).isNotEmpty();
    assertThat(second.path("transient")).isEqualTo(first.path("transient"));
  }

  @Test
  void knowsWhenATextIsComplete() throws Exception {
    assertThat(completeness("1 + 1").path("status").asText()).isEqualTo("complete");
    assertThat(completeness("1 +* )").path("status").asText()).isEqualTo("invalid");
    JsonNode open = completeness("[1, 2].each {");
    assertThat(open.path("status").asText()).isEqualTo("incomplete");
    assertThat(open.path("indent").asText()).isEqualTo("    ");
  }

  private static JsonNode completeness(String code) throws Exception {
    return client
        .ask(MessageType.IS_COMPLETE_REQUEST, Json.object().put("code", code))
        .reply()
        .content();
  }

  @Test
  void completesVariablesAndMembers() throws Exception {
    client.run("greeting = 'hello'");

    assertThat(completions("x = gree")).contains("greeting");
    assertThat(completions("greeting.toUp")).contains("toUpperCase");
  }

  @Test
  void countsCharactersAndNotUtf16UnitsInOffsets() throws Exception {
    client.run("greeting = 'hello'");
    ObjectNode content = Json.object().put("code", "'😀'; gree").put("cursor_pos", 9);

    JsonNode reply = client.ask(MessageType.COMPLETE_REQUEST, content).reply().content();

    assertThat(reply.path("cursor_start").asInt()).isEqualTo(5);
    assertThat(reply.path("cursor_end").asInt()).isEqualTo(9);
    assertThat(reply.path("matches").toString()).contains("greeting");
  }

  private static String completions(String code) throws Exception {
    ObjectNode content = Json.object().put("code", code).put("cursor_pos", code.length());
    return client
        .ask(MessageType.COMPLETE_REQUEST, content)
        .reply()
        .content()
        .path("matches")
        .toString();
  }

  @Test
  void inspectsAVariable() throws Exception {
    client.run("greeting = 'hello'");
    ObjectNode content = Json.object().put("code", "greeting").put("cursor_pos", 4);

    JsonNode reply = client.ask(MessageType.INSPECT_REQUEST, content).reply().content();

    assertThat(reply.path("found").asBoolean()).isTrue();
    assertThat(reply.path("data").path("text/plain").asText()).contains("String").contains("hello");
  }

  @Test
  void findsNothingAboutUnknownNames() throws Exception {
    ObjectNode content = Json.object().put("code", "nowhere").put("cursor_pos", 2);

    JsonNode reply = client.ask(MessageType.INSPECT_REQUEST, content).reply().content();

    assertThat(reply.path("status").asText()).isEqualTo("ok");
    assertThat(reply.path("found").asBoolean(true)).isFalse();
  }

  @Test
  void remembersCells() throws Exception {
    client.run("'to remember'");
    ObjectNode content =
        Json.object()
            .put("hist_access_type", "tail")
            .put("n", 1)
            .put("output", false)
            .put("raw", true);

    JsonNode reply = client.ask(MessageType.HISTORY_REQUEST, content).reply().content();

    assertThat(reply.path("history")).hasSize(1);
    assertThat(reply.path("history").get(0).get(2).asText()).isEqualTo("'to remember'");
  }

  @Test
  void searchesWhatItRemembers() throws Exception {
    client.run("'needle ' + 1");
    client.run("'needle ' + 1");
    ObjectNode search = Json.object().put("hist_access_type", "search").put("pattern", "*eedl?*");

    JsonNode all = client.ask(MessageType.HISTORY_REQUEST, search).reply().content();
    search.put("unique", true).put("output", true);
    JsonNode unique = client.ask(MessageType.HISTORY_REQUEST, search).reply().content();

    assertThat(all.path("history")).hasSize(2);
    assertThat(unique.path("history")).hasSize(1);
    assertThat(unique.path("history").get(0).get(2).get(0).asText()).isEqualTo("'needle ' + 1");
    assertThat(unique.path("history").get(0).get(2).get(1).asText()).isEqualTo("needle 1");
  }

  @Test
  void greetsWhoSubscribes() throws Exception {
    try (KernelClient another = new KernelClient(kernel.connection())) {
      Message welcome = another.welcome();

      assertThat(welcome.type()).isEqualTo("iopub_welcome");
      assertThat(welcome.content().path("subscription").asText("?")).isEmpty();
      assertThat(welcome.parent()).isEmpty();
    }
  }

  @Test
  void hasNoCommsBeforeOneIsOpened() throws Exception {
    ObjectNode content = Json.object().put("target_name", "nobody's");

    JsonNode reply = client.ask(MessageType.COMM_INFO_REQUEST, content).reply().content();

    assertThat(reply.path("status").asText()).isEqualTo("ok");
    assertThat(reply.path("comms").isObject()).isTrue();
    assertThat(reply.path("comms")).isEmpty();
  }

  @Test
  void closesACommWhoseTargetItDoesNotKnow() throws Exception {
    ObjectNode content = Json.object().put("comm_id", "c0").put("target_name", "nowhere");

    Message closed = comm(MessageType.COMM_OPEN, content, MessageType.COMM_CLOSE);

    assertThat(closed.content().path("comm_id").asText()).isEqualTo("c0");
  }

  @Test
  void speaksThroughComms() throws Exception {
    client.run(
        "comms.target('echo') { comm, data -> comm.onMessage { comm.send(heard: it) };"
            + " comm.onClose { println 'closed' }; comm.send(hello: data.name) }");
    ObjectNode content = Json.object().put("comm_id", "c1").put("target_name", "echo");
    content.putObject("data").put("name", "Ada");

    Message hello = comm(MessageType.COMM_OPEN, content, MessageType.COMM_MSG);
    JsonNode open =
        client.ask(MessageType.COMM_INFO_REQUEST, Json.object()).reply().content().path("comms");
    ObjectNode said = Json.object().put("comm_id", "c1");
    said.putObject("data").put("n", 5);
    Message echo = comm(MessageType.COMM_MSG, said, MessageType.COMM_MSG);
    Message closed = comm(MessageType.COMM_CLOSE, content, MessageType.STREAM);

    assertThat(hello.content().path("data").path("hello").asText()).isEqualTo("Ada");
    assertThat(open.path("c1").path("target_name").asText()).isEqualTo("echo");
    assertThat(echo.content().path("data").path("heard").path("n").asInt()).isEqualTo(5);
    assertThat(closed.content().path("text").asText()).isEqualTo("closed\n");
  }

  /** Sends a comm message, which has no reply, and returns the broadcast that answers it. */
  private static Message comm(String type, ObjectNode content, String expected) throws Exception {
    Message sent = client.sendShell(type, content);
    Message answer = client.awaitBroadcast(expected);
    assertThat(answer.parent().path("msg_id").asText()).isEqualTo(sent.header().id());
    return answer;
  }

  @Test
  void opensCommsInTheFrontEnd() throws Exception {
    Answer answer =
        client.run("mine = comms.open('widget', [n: 1]); mine.send(n: 2); mine.close()");

    assertThat(answer.types())
        .containsSubsequence(MessageType.COMM_OPEN, MessageType.COMM_MSG, MessageType.COMM_CLOSE);
    JsonNode open = answer.only(MessageType.COMM_OPEN).content();
    assertThat(open.path("target_name").asText()).isEqualTo("widget");
    assertThat(open.path("data").path("n").asInt()).isEqualTo(1);
  }

  @Test
  void declinesToDebug() throws Exception {
    ObjectNode content = Json.object().put("seq", 3).put("command", "initialize");

    client.sendControl(MessageType.DEBUG_REQUEST, content);
    Message reply = client.controlReply();

    assertThat(reply.type()).isEqualTo("debug_reply");
    assertThat(reply.content().path("success").asBoolean(true)).isFalse();
    assertThat(reply.content().path("request_seq").asInt()).isEqualTo(3);
    assertThat(reply.content().path("status").asText()).isEqualTo("error");
  }

  @Test
  void declinesSubshells() throws Exception {
    client.sendControl("create_subshell_request", Json.object());

    Message reply = client.controlReply();

    assertThat(reply.type()).isEqualTo("create_subshell_reply");
    assertThat(reply.content().path("status").asText()).isEqualTo("error");
    JsonNode info = client.ask(MessageType.KERNEL_INFO_REQUEST, Json.object()).reply().content();
    assertThat(info.path("supported_features").isArray()).isTrue();
    assertThat(info.path("supported_features")).isEmpty();
  }

  @Test
  void asksWhoReadsStandardInput() throws Exception {
    ObjectNode content =
        Json.object().put("code", "new Scanner(System.in).nextInt() + 1").put("allow_stdin", true);
    Message request = client.sendShell(MessageType.EXECUTE_REQUEST, content);

    Message question = client.answerInput("41");

    assertThat(question.parent().path("msg_id").asText()).isEqualTo(request.header().id());
    assertThat(client.answer(request).result()).isEqualTo("42");
  }

  @Test
  void answersRequestsItDoesNotKnow() throws Exception {
    Answer answer = client.ask("tea_request", Json.object());

    assertThat(answer.reply().type()).isEqualTo("tea_reply");
    assertThat(answer.status()).isEqualTo("error");
  }

  @Test
  void echoesHeartbeats() {
    List<byte[]> beat = List.of("beat".getBytes(StandardCharsets.US_ASCII));
    client.heartbeat().sendFrames(beat);

    assertThat(client.heartbeat().receiveFrames(10_000)).containsExactlyElementsOf(beat);
  }
}
