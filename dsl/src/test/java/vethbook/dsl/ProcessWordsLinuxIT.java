package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vethbook.linux.ExperimentException;

class ProcessWordsLinuxIT {
  private final Cells cells = new Cells();

  @BeforeEach
  void makeClient() {
    cells.run("client = netns 'client'");
  }

  @AfterEach
  void closeLab() {
    cells.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          run client, 'cat', input: 'a text'                              | a text
          run client, 'sh', '-c', 'echo $COLOUR', env: [COLOUR: 'blue']   | blue
          run client, 'sh', '-c', 'grep Cpus_allowed_list /proc/self/status', cpus: 0 | "Cpus_allowed_list:\t0"
          run client, 'nice', nice: 5                                     | 5
          run client, ['echo', 'one', 2]                                  | one 2
          run client, 'sh', '-c', 'echo said; exit 3', check: false       | said
          run client, 'true', timeout: 5.seconds                          | ""
          client.run 'echo', 'as a method'                                | as a method
          client.run 'cat', input: 'as a method'                          | as a method
          client.run 'ls', '/sys/class/net/lo/ifindex'                    | /sys/class/net/lo/ifindex
          """)
  void runAnswersWhatTheProgramPrinted(String cell, String printed) {
    assertThat(cells.run(cell)).isEqualTo(printed);
  }

  @Test
  void aServerIsStartedAwaitedAskedAndStopped() {
    cells.run(
        """
        server = start client, 'python3', '-c', '''
        import socket
        s = socket.create_server(("127.0.0.1", 8000))
        print("ready")
        while True:
            s.accept()[0].sendall(b"hello")
        ''', cpus: 0
        server.await('ready').await(port: 8000, timeout: 5.seconds)
        """);

    assertThat(
            cells.run(
                "run client, 'python3', '-c',"
                    + " 'import socket; print(socket.create_connection((\"127.0.0.1\", 8000)).recv(9))'"))
        .isEqualTo("b'hello'");
    assertThat(cells.run("[server.alive, server.isAlive(), server.exit, server.out]"))
        .asString()
        .isEqualTo("[true, true, null, ready\n]");
    assertThat(cells.run("server.toString()"))
        .asString()
        .contains("in netns client, runs)\n  ready");

    cells.run("server.stop()");
    assertThat(cells.run("[server.alive, server.exit]")).asString().isEqualTo("[false, 143]");
    assertThat(cells.run("server.toString()")).asString().contains("ended with exit status 143");
  }

  @Test
  void whatWasStartedEndsWithTheLab() throws Exception {
    long pid = (long) cells.run("client.start('sleep', 600).pid");
    assertThat(Files.exists(Path.of("/proc/" + pid))).isTrue();

    cells.close();
    for (int i = 0; i < 100 && Files.exists(Path.of("/proc/" + pid)); i++) {
      Thread.sleep(Duration.ofMillis(20).toMillis());
    }
    assertThat(Files.exists(Path.of("/proc/" + pid))).isFalse();
  }

  @Test
  void theEndOfAProgramCanBeAwaited() {
    cells.run("job = start client, 'sh', '-c', 'echo out; echo err >&2; exit 4'");
    assertThat(cells.run("job.waitFor()")).isEqualTo(4);
    assertThat(cells.run("[job.exit, job.out.trim(), job.err.trim()]"))
        .asString()
        .isEqualTo("[4, out, err]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          run 'ip', 'addr', client                        | say run client, 'ip', 'addr'
          run 'ip', 'addr'                                | say run client, 'ip', 'addr'
          run 'ip', 'addr', timeout: 1.second             | say run client, 'ip', 'addr'
          start 'sleep', 5                                | say start client, 'sleep', '5'
          client.exec 'ip', 'addr'                        | say client.run 'ip', 'addr'
          client.sh 'ip addr; ip route'                   | say client.run 'sh', '-c', 'ip addr; ip route'
          run client                                      | Cannot run nothing in netns client
          run client, 'ip addr'                           | say each argument by itself: run client, 'ip', 'addr'
          run client, 'no-such-tool'                      | it is not installed
          run client, 'false'                             | Cannot run 'false' in netns client: exit status 1
          run client, 'sleep', 5, timeout: 50.milliseconds | took longer than 50 ms
          run client, 'sleep', 5, timeout: 1              | write timeout: 1.seconds
          run client, 'true', timout: 1.second            | did you mean timeout:?
          run client, 'true', cpus: 4000                  | this machine has CPUs 0
          run client, 'true', nice: 20                    | it is -20 (first) to 19 (last)
          run client, 'true', nice: -21                   | it is -20 or more
          run client, 'true', env: 'A=b'                  | env: takes a map such as [LANG: 'C']
          run client, 'true', check: 0                    | check: takes true or false
          start client, 'true', check: false              | Cannot understand 'check:' in start
          (start client, 'true').await('ready')           | to print 'ready': it ended with 0
          (start client, 'sleep', 5).await('x', timeout: 50.milliseconds) | not within 0.05 s
          (start client, 'sleep', 5).await(port: 80, timeout: 50.milliseconds) | to listen on port 80: not within 0.05 s
          (start client, 'true').await(port: 80000)       | ports are 1 to 65535
          (start client, 'true').await(timeout: 1.second) | Cannot do await without port:
          """)
  void aMistakeIsOneClearError(String cell, String expected) {
    assertThatThrownBy(() -> cells.run(cell))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(expected);
  }
}
