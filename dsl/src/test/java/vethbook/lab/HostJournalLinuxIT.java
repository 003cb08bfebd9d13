package vethbook.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vethbook.linux.ExperimentException;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;
import vethbook.linux.sysctl.Sysctl;

class HostJournalLinuxIT {
  private static final String KEY = "net.core.message_burst";
  private static final String NAME = "journal-client";
  private static final Path NAMED = Path.of("/run/netns", NAME);

  private final NetnsHandle host = NetnsHandle.host();
  private final String before = value();

  @BeforeEach
  void startClean() {
    HostJournal.cleanUp();
  }

  @AfterEach
  void restore() {
    Sysctl.write(host, KEY, before);
    host.close();
  }

  @Test
  void aValueThatTwoKilledLabsHaveChangedIsWhatItWasBeforeTheFirst() throws Exception {
    left(HostChange.sysctl(KEY, "")); // the journal asks Linux for the old value itself
    Sysctl.write(host, KEY, "21");
    left(HostChange.sysctl(KEY, ""));
    Sysctl.write(host, KEY, "22");

    assertThat(HostJournal.cleanUp()).containsExactly("sysctl " + KEY + " is " + before + " again");
    assertThat(value()).isEqualTo(before);
    assertThat(HostJournal.cleanUp()).isEmpty();
  }

  @Test
  @SuppressWarnings("try") // the order of closing is what is tested
  void aValueStaysWhileTheLastLabThatChangedItLives() {
    try (Lab first = new Lab("first");
        Lab second = new Lab("second")) {
      first.host().sysctl(KEY, "21");
      second.host().sysctl(KEY, "22");

      first.close();
      HostJournal.cleanUp();
      assertThat(value()).isEqualTo("22");
    }
    assertThat(value()).isEqualTo(before);
  }

  @Test
  void theLastLabPutsBackWhatTheFirstHasMadeWhileThatLives() {
    try (Lab first = new Lab("first")) {
      first.host().sysctl(KEY, "21");
      try (Lab second = new Lab("second")) {
        second.host().sysctl(KEY, "22");
      }
      assertThat(value()).isEqualTo("21");
    }
    assertThat(value()).isEqualTo(before);
  }

  @Test
  void aRefusedValueDoesNotKeepTheLabFromClosing() {
    Lab lab = new Lab("refused");
    Netns client = lab.netns("client");
    Netns machine = lab.host();
    assertThatThrownBy(() -> machine.sysctl("net.ipv4.tcp_available_congestion_control", "none"))
        .isInstanceOf(ExperimentException.class);
    assertThatThrownBy(() -> machine.sysctl(KEY, "many")).isInstanceOf(ExperimentException.class);

    lab.close();

    assertThatThrownBy(() -> client.handle().call(() -> 1)).hasMessageContaining("is closed");
    assertThat(HostJournal.cleanUp()).isEmpty();
  }

  @Test
  void aRestartOfTheMachineHasResetWhatAJournalSays() throws Exception {
    Path file = left(HostChange.sysctl(KEY, ""), new HostChange("name", NAMED.toString(), "0 0"));
    Files.createDirectories(NAMED.getParent());
    Files.createFile(NAMED);
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"boot\":\"[^\"]+", "\"boot\":\"another"));
    Sysctl.write(host, KEY, "23");

    assertThat(HostJournal.cleanUp()).containsExactly("removed " + NAMED);
    assertThat(value()).isEqualTo("23");
    assertThat(NAMED).doesNotExist();
    assertThat(file).doesNotExist();
  }

  @Test
  void aChangeCutOffWhileItWasWrittenWasNotMade() throws Exception {
    Path file = left(HostChange.sysctl(KEY, ""));
    Files.writeString(file, "{\"order\":9,\"chan", StandardOpenOption.APPEND);
    Sysctl.write(host, KEY, "24");

    assertThat(HostJournal.cleanUp()).hasSize(1);
    assertThat(value()).isEqualTo(before);
  }

  @Test
  void whatIsNotThereAnyMoreNeedsNoUndoing() throws Exception {
    assertThat(new HostChange("queue", "no-such-device rps_cpus 0", "0").undo()).isEmpty();
    assertThat(new HostChange("sysctl", "net.core.no_such_key", "0").undo()).isEmpty();
    assertThat(new HostChange("name", "/run/netns/no-such-name", "1 1").undo()).isEmpty();
  }

  @Test
  void whatCannotBeUndoneIsSaidAndKeepsNoLabFromStarting() throws Exception {
    Path file = left(new HostChange("wormhole", "x", "y"), HostChange.sysctl(KEY, ""));
    Sysctl.write(host, KEY, "25");
    try (Lab lab = new Lab("next")) {
      assertThat(lab.notCleaned())
          .get()
          .extracting(Throwable::getMessage)
          .asString()
          .contains("Cannot undo a change that another version has made: wormhole x");
      assertThat(value()).isEqualTo(before);
      assertThat(lab.netns("client").devices()).hasSize(1);
      assertThatThrownBy(HostJournal::cleanUp).hasMessageContaining("wormhole");
      assertThat(Files.readAllLines(file)).hasSize(2);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void aLineOfAnotherVersionIsKeptForIt() throws Exception {
    Path file = left(HostChange.sysctl(KEY, ""));
    String line = "{\"order\":1,\"change\":{\"kind\":\"sysctl\",\"scope\":\"new\"}}";
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    Sysctl.write(host, KEY, "26");
    try {
      assertThatThrownBy(HostJournal::cleanUp).hasMessageContaining("another version");
      assertThat(value()).isEqualTo(before);
      assertThat(Files.readAllLines(file)).hasSize(2).last().isEqualTo(line);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void aNameThatAnotherProgramHasTakenSinceIsLeftAlone() {
    try (Lab lab = new Lab("published")) {
      lab.netns(NAME);
      lab.publish();
      ip("netns", "del", NAME);
      ip("netns", "add", NAME);
    }
    try {
      assertThat(NAMED).exists();
      assertThat(ip("netns", "exec", NAME, "true").exit()).isZero();
    } finally {
      ip("netns", "del", NAME);
    }
  }

  @Test
  void aNameIsRemovedWhetherItWasMountedYetOrNot() throws Exception {
    Files.createDirectories(NAMED.getParent());
    Files.createFile(NAMED);
    try (NetnsHandle netns = NetnsHandle.create(NAME)) {
      left(HostChange.publishedName(NAMED.toString(), netns));
    }
    assertThat(HostJournal.cleanUp()).containsExactly("removed " + NAMED);
    assertThat(NAMED).doesNotExist();
  }

  @Test
  void ofTwoLabsThatPublishANameAtOnceTheSecondTakesNothingFromTheFirst() throws Exception {
    try (Lab first = new Lab("first");
        NetnsHandle second = NetnsHandle.create(NAME)) {
      first.netns(NAME);
      first.publish();
      left(HostChange.publishedName(NAMED.toString(), second)); // and then found it taken
      assertThat(HostJournal.cleanUp()).isEmpty();
      assertThat(ip("netns", "exec", NAME, "true").exit()).isZero();
    }
    assertThat(NAMED).doesNotExist();
  }

  /** Like the journal of a lab that was killed. */
  private static Path left(HostChange... changes) throws IOException {
    Files.createDirectories(HostJournal.folder());
    Path file = JournalFile.create(HostJournal.folder());
    for (HostChange change : changes) {
      HostChange written = change.old().isEmpty() ? change.asOfNow() : change;
      JournalFile.append(file, new JournalFile.Entry(System.nanoTime(), written));
    }
    return file;
  }

  private static Command.Output ip(String... arguments) {
    var argv = new java.util.ArrayList<>(java.util.List.of("ip"));
    argv.addAll(java.util.List.of(arguments));
    return Command.of(argv).run(Duration.ofSeconds(10));
  }

  private String value() {
    return Sysctl.read(host, KEY);
  }
}
