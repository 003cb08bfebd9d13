package vethbook.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.kernel.protocol.Json;

final class HistoryTest {
  @TempDir Path directory;

  private History session() {
    return new History(new HistoryFile(directory.resolve("vethbook/history.jsonl")));
  }

  private static JsonNode ask(History history, ObjectNode asked) {
    return history.reply(asked).path("history");
  }

  private static ObjectNode tail(int n) {
    return Json.object().put("hist_access_type", "tail").put("n", n);
  }

  private static ObjectNode range(int session) {
    return Json.object().put("hist_access_type", "range").put("session", session);
  }

  @Test
  void remembersEarlierSessions() {
    try (History first = session()) {
      first.add(1, "a = 1", "");
      first.add(2, "a + 1", "2");
    }
    try (History second = session()) {
      second.add(1, "b = 'é😀\n'", "");

      assertThat(ask(second, tail(2)).toString())
          .isEqualTo("[[1,2,\"a + 1\"],[2,1,\"b = 'é😀\\n'\"]]");
      assertThat(ask(second, range(0))).hasSize(1);
      assertThat(ask(second, range(-1))).hasSize(2);
      assertThat(ask(second, range(1).put("start", 2).put("stop", 3)).toString())
          .isEqualTo("[[1,2,\"a + 1\"]]");
      ObjectNode search = Json.object().put("hist_access_type", "search").put("pattern", "a*");
      assertThat(ask(second, search.put("output", true)).toString())
          .isEqualTo("[[1,1,[\"a = 1\",\"\"]],[1,2,[\"a + 1\",\"2\"]]]");
    }
  }

  @Test
  void givesSessionsThatRunAtTheSameTimeNumbersOfTheirOwn() {
    try (History first = session();
        History second = session()) {
      first.add(1, "first", "");
      assertThat(ask(first, range(0)).toString()).isEqualTo("[[1,1,\"first\"]]");
      second.add(1, "second", "");
      assertThat(ask(second, range(0)).toString()).isEqualTo("[[2,1,\"second\"]]");
    }
  }

  @Test
  void isForTheOwnersEyesOnly() throws Exception {
    try (History history = session()) {
      history.add(1, "1", "");
    }
    Path file = directory.resolve("vethbook/history.jsonl");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void passesOverLinesThatAreNone() throws Exception {
    try (History history = session()) {
      history.add(1, "whole", "");
    }
    Files.writeString(
        directory.resolve("vethbook/history.jsonl"),
        "{\"session\": 1, \"number\n[]\n\n",
        StandardOpenOption.APPEND);

    try (History next = session()) {
      assertThat(ask(next, tail(9)).toString()).isEqualTo("[[1,1,\"whole\"]]");
    }
  }

  @Test
  void staysSmall() throws Exception {
    Path file = directory.resolve("vethbook/history.jsonl");
    try (History history = session()) {
      for (int i = 1; i <= 3_000; i++) {
        history.add(i, "x".repeat(2_000), "");
      }
    }
    assertThat(Files.size(file)).isGreaterThan(5_000_000);

    try (History next = session()) {
      assertThat(ask(next, tail(5_000))).hasSize(2_000);
      assertThat(ask(next, tail(1)).get(0).get(1).asInt()).isEqualTo(3_000);
    }
    assertThat(Files.size(file)).isLessThan(5_000_000);
  }

  @Test
  void livesWithoutAFile() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    try (History history = new History(new HistoryFile(file.resolve("vethbook/history.jsonl")))) {
      history.add(1, "kept", "");

      assertThat(ask(history, tail(1)).toString()).isEqualTo("[[1,1,\"kept\"]]");
    }
  }
}
