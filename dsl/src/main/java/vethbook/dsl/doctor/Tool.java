package vethbook.dsl.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;

/**
 * A program that words run.
 *
 * @param debianPackage the package that has it
 * @param version its arguments that print a version
 * @param required true when no lab works without it
 * @param effect what does not work without it
 */
record Tool(
    String name, String debianPackage, List<String> version, boolean required, String effect) {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private static final List<Tool> OWN =
      List.of(
          new Tool(
              "nsenter", "util-linux", List.of("--version"), true, "no tool can run in a netns"),
          new Tool(
              "setpriv", "util-linux", List.of("--version"), true, "no tool can be run safely"),
          new Tool("taskset", "util-linux", List.of("--version"), true, "no tool can be pinned"),
          new Tool("nft", "nftables", List.of("--version"), false, "no NAT and no filter rules"),
          new Tool("ping", "iputils-ping", List.of("-V"), false, "no ping"),
          new Tool(
              "netperf",
              "netperf",
              List.of("-V"),
              false,
              "the built-in engine measures instead (netperf is in Debian's non-free and Ubuntu's"
                  + " multiverse component)"),
          new Tool("ip", "iproute2", List.of("-V"), false, "lab.commands() cannot be run by hand"),
          new Tool(
              "qemu-system-x86_64",
              "qemu-system-x86 (with busybox-static and kmod)",
              List.of("--version"),
              false,
              "no counted time and no other Linux: vethbook run --counted, --linux"));

  /** Those that all labs need, then those that single words run. */
  static final List<Tool> ALL =
      Stream.concat(OWN.stream(), vethbook.tool.Tool.servedByWords().stream().map(Tool::of))
          .toList();

  private static Tool of(vethbook.tool.Tool tool) {
    return new Tool(
        tool.program(), tool.debianPackage(), tool.versionArguments(), false, tool.effect());
  }

  Check check() {
    Optional<String> found = Command.find(name).map(path -> versionText());
    if (found.isPresent()) {
      return Check.ok("tools", name, found.get());
    }
    String next = effect + "; install " + debianPackage;
    return required
        ? Check.broken("tools", name, "not installed", next)
        : Check.limited("tools", name, "not installed", next);
  }

  private String versionText() {
    List<String> argv = new ArrayList<>(List.of(name));
    argv.addAll(version);
    try {
      Command.Output output = Command.of(argv).run(LIMIT);
      String text = (output.out() + "\n" + output.err()).strip();
      return text.isEmpty() ? "installed" : text.lines().findFirst().orElse("installed");
    } catch (ExperimentException e) {
      return "installed, but does not say its version: " + e.operation();
    }
  }
}
