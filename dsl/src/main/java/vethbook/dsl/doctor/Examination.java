package vethbook.dsl.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vethbook.dsl.Features;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Call;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Cpus;
import vethbook.linux.rtnetlink.NewLink;
import vethbook.linux.sysfs.QueueAttribute;
import vethbook.linux.sysfs.Queues;

/** Looks at this machine by trying what words do, in namespaces made for it. */
public final class Examination {
  private static final String MACHINE = "machine";
  private static final String LINUX = "Linux";

  private Examination() {}

  /** All checks, in the order in which people read them. */
  public static List<Check> run() {
    List<Check> checks = new ArrayList<>();
    checks.add(java());
    checks.add(linux());
    checks.add(cpus());
    checks.add(user());
    Check namespaces = namespaces();
    checks.add(namespaces);
    if (namespaces.state() == Check.State.OK) {
      checks.add(rps());
      Features features = new Features();
      features.ofLinux().stream().forEach(name -> checks.add(feature(features, name)));
    }
    Tool.ALL.forEach(tool -> checks.add(tool.check()));
    return checks;
  }

  private static Check java() {
    return Check.ok(
        MACHINE,
        "Java",
        System.getProperty("java.vm.version") + ", " + System.getProperty("java.vendor"));
  }

  private static Check linux() {
    return Check.ok(
        MACHINE, LINUX, System.getProperty("os.version") + ", " + System.getProperty("os.arch"));
  }

  private static Check cpus() {
    List<Integer> cpus = Cpus.allowed();
    String found = cpus.size() + " (" + Cpus.list(Set.copyOf(cpus)) + ")";
    return cpus.size() > 1
        ? Check.ok(MACHINE, "CPUs", found)
        : Check.limited(
            MACHINE, "CPUs", found, "client and server of a stream share it; RPS has no effect");
  }

  private static Check user() {
    if (Call.effectiveUser() != 0) {
      return Check.limited(MACHINE, "user", "not root, no user namespace", reasons());
    }
    boolean initial = text("/proc/self/uid_map").trim().matches("0\\s+0\\s+4294967295");
    return initial
        ? Check.ok(MACHINE, "user", "root")
        : Check.limited(
            MACHINE,
            "user",
            "root of a user namespace",
            "labs work; RPS masks and priorities below 0 are refused by Linux");
  }

  /** Why user namespaces may be refused, by the settings that are known to do so. */
  private static String reasons() {
    List<String> reasons = new ArrayList<>();
    if (text("/proc/sys/kernel/unprivileged_userns_clone").trim().equals("0")) {
      reasons.add("kernel.unprivileged_userns_clone is 0");
    }
    if (text("/proc/sys/user/max_user_namespaces").trim().equals("0")) {
      reasons.add("user.max_user_namespaces is 0");
    }
    if (text("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").trim().equals("1")) {
      reasons.add("kernel.apparmor_restrict_unprivileged_userns is 1");
    }
    return reasons.isEmpty()
        ? "start through 'vethbook', which enters a user namespace, or as root"
        : String.join(", ", reasons) + ": run as root, or ask for that to be changed";
  }

  private static Check namespaces() {
    String name = "network namespaces";
    try (NetnsHandle netns = NetnsHandle.create("doctor")) {
      return Check.ok(LINUX, name, "can be made; sysfs at " + kind(netns.sysfs()));
    } catch (ExperimentException e) {
      return Check.broken(LINUX, name, String.valueOf(e.answer()), "no lab can be built");
    }
  }

  private static String kind(String sysfs) {
    return sysfs.startsWith("/proc/self/fd/") ? "a mount of its own" : sysfs;
  }

  private static Check rps() {
    String name = "RPS masks";
    try (NetnsHandle netns = NetnsHandle.create("doctor")) {
      netns
          .links()
          .create(NewLink.veth(NewLink.of("d0", "veth", -1), NewLink.of("d1", "veth", -1)));
      new Queues(netns, "d0")
          .write(QueueAttribute.RPS_CPUS, 0, Cpus.mask(Set.of(Cpus.allowed().get(0))));
      return Check.ok(LINUX, name, "can be written");
    } catch (ExperimentException e) {
      return Check.limited(
          LINUX, name, String.valueOf(e.answer()), "no rps word; rpsDefault works; or run as root");
    }
  }

  private static Check feature(Features features, String name) {
    Optional<String> absence = features.absence(name);
    return absence.isEmpty()
        ? Check.ok(LINUX, name, "there")
        : Check.limited(
            LINUX, name, absence.get(), "no " + name + "; experiments skip what needs it");
  }

  private static String text(String file) {
    try {
      return Files.isReadable(Path.of(file))
          ? String.join("\n", Files.readAllLines(Path.of(file)))
          : "";
    } catch (IOException e) {
      return ""; // unreadable settings are no reason that could be named
    }
  }
}
