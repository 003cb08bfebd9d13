package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import vethbook.linux.tc.Qdisc;
import vethbook.linux.tc.TrafficClass;

/** Whether the commands that a lab gives for a word make the same qdisc as the word. */
final class EqualCommand {
  private final Cells cells;

  /**
   * @param cells with {@code client.eth0} and {@code server.eth0}
   */
  EqualCommand(Cells cells) {
    this.cells = cells;
  }

  /** Says the word to client.eth0, runs its command on server.eth0, and compares. */
  void check(String word) {
    int before = cells.session().lab().commands().size();
    cells.run(word);
    List<String> commands = cells.session().lab().commands();
    List<String> added = commands.subList(before, commands.size());
    assertThat(added).isNotEmpty().allMatch(line -> line.startsWith("tc -n client "));
    for (String line : added) {
      cells.run("run server, " + quoted(line.replace("tc -n client ", "tc ")));
    }

    assertThat(made("server")).as(added.toString()).isEqualTo(made("client"));
  }

  private static String quoted(String line) {
    return "'" + String.join("', '", line.split(" ")) + "'";
  }

  /** Kind, options and classes, as Linux tells them; without the seed that it has drawn. */
  private List<String> made(String netns) {
    Qdisc root = (Qdisc) cells.run(netns + ".eth0.qdisc().root");
    assertThat(root).isNotNull();
    assertThat(root.known()).isPresent();
    return List.of(
        root.known().get().toString().replaceFirst("seed=-?\\d+", ""),
        root.classes().stream().map(TrafficClass::parent).sorted().toList().toString());
  }
}
