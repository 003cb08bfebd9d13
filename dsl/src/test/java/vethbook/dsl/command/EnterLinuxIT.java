package vethbook.dsl.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import vethbook.lab.DeviceOptions;
import vethbook.lab.Lab;
import vethbook.linux.process.ChildJvm;

class EnterLinuxIT {
  private static final String JAVA = ProcessHandle.current().info().command().orElse("java");

  /**
   * Lets a user who may not look into root's home read the classes: each gets a name of its own.
   */
  private static final String AS_NOBODY =
      """
      folder=$1; shift; java=$1; shift; classes=
      for entry; do
        at=$folder/$((n+=1))
        if [ -d "$entry" ]; then mkdir "$at"; else at=$at.jar; touch "$at"; fi
        mount --bind "$entry" "$at"; classes=$classes:$at
      done
      chmod 755 "$folder"
      exec setpriv --reuid=65534 --regid=65534 --clear-groups --pdeathsig KILL \\
        unshare -Ur -m "$java" -Xmx256m -cp "$classes" vethbook.dsl.command.EnterLinuxIT\\$Holder
      """;

  @TempDir Path folder;
  private Process holder;

  /** Holds a lab until its input ends. */
  static final class Holder {
    public static void main(String[] arguments) throws Exception {
      try (Lab lab = new Lab("other user's")) {
        lab.vethPair(
            lab.netns("entered").device("eth7"),
            lab.netns("peer").device("eth0"),
            null,
            DeviceOptions.NONE);
        System.out.println("ready " + ProcessHandle.current().pid());
        System.in.readAllBytes();
      }
    }
  }

  /** The command, in a process of its own because it replaces its process. */
  static final class Main {
    public static void main(String[] arguments) {
      CommandLine enter =
          Commands.all().stream()
              .filter(CommandLine.class::isInstance)
              .map(CommandLine.class::cast)
              .filter(command -> command.getCommandName().equals("enter"))
              .findFirst()
              .orElseThrow();
      System.exit(enter.execute(arguments));
    }
  }

  @AfterEach
  void endLab() throws Exception {
    holder.getOutputStream().close();
    assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--"})
  void rootEntersAnotherUsersLab(String mark) throws Exception {
    List<String> command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", AS_NOBODY, "sh"));
    command.addAll(List.of(folder.toString(), JAVA));
    command.addAll(List.of(classPath().split(File.pathSeparator)));
    assertThat(entered(command, mark)).contains("eth7@").contains("/sys/class/net/eth7");
  }

  @Test
  void rootEntersItsOwnLab() throws Exception {
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(ChildJvm.options());
    command.addAll(List.of("-cp", classPath(), Holder.class.getName()));
    assertThat(entered(command, "--")).contains("eth7@").contains("/sys/class/net/eth7");
  }

  private String entered(List<String> command, String mark) throws Exception {
    holder = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    while (line != null && !line.startsWith("ready ")) {
      line = said.readLine(); // what newer JDKs say of native code
    }
    assertThat(line).startsWith("ready ");
    List<String> enter = new ArrayList<>(List.of(JAVA));
    enter.addAll(ChildJvm.options());
    enter.addAll(List.of("-cp", classPath(), Main.class.getName()));
    enter.addAll(List.of("--lab", line.substring("ready ".length()), "entered"));
    if (!mark.isEmpty()) {
      enter.add(mark);
    }
    enter.addAll(List.of("sh", "-c", "ip -o link; ls -d /sys/class/net/*"));
    Process process = new ProcessBuilder(enter).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }
}
