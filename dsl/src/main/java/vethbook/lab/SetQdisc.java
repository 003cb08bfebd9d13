package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.ExperimentException;
import vethbook.linux.tc.NewClass;
import vethbook.linux.tc.Qdisc;
import vethbook.linux.tc.QdiscKind;
import vethbook.linux.tc.Qdiscs;

/**
 * Gives a device another root qdisc.
 *
 * @param old what is there; empty on a device that has none, such as one that is down
 */
record SetQdisc(Device device, QdiscKind wanted, Optional<Qdisc> old) implements Change {
  @Override
  public void apply() {
    Qdiscs qdiscs = device.netns().handle().qdiscs();
    int index = device.index();
    if (wanted.handle() != 0 && hasOld()) {
      qdiscs.deleteRoot(index); // a handle that is taken may not go to another kind
    }
    try {
      qdiscs.replaceRoot(index, wanted);
      requireAll(qdiscs.of(index));
    } catch (ExperimentException e) {
      bringBack(qdiscs, index, e);
      throw e;
    }
  }

  /** Linux passes over options that it does not know. */
  private void requireAll(List<Qdisc> found) {
    if (found.stream().filter(Qdisc::isRoot).noneMatch(wanted::isMetBy)) {
      String there =
          found.stream()
              .filter(Qdisc::isRoot)
              .findFirst()
              .map(root -> root.known().map(QdiscKind::text).orElse(root.kind()))
              .orElse("none");
      throw new PlanException(
          "Cannot set %s on device %s: Linux made it %s"
              .formatted(wanted.text(), Text.place(device), there),
          "this Linux does not know all of these options; netem's seed: needs Linux 6.6");
    }
  }

  private void bringBack(Qdiscs qdiscs, int index, ExperimentException failure) {
    try {
      restore(qdiscs, index);
    } catch (ExperimentException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void undo() {
    restore(device.netns().handle().qdiscs(), device.index());
  }

  private void restore(Qdiscs qdiscs, int index) {
    boolean isThere =
        qdiscs.of(index).stream().anyMatch(qdisc -> qdisc.isRoot() && !qdisc.isDefault());
    if (isThere && (!hasOld() || wanted.handle() != 0)) {
      qdiscs.deleteRoot(index);
    }
    if (hasOld()) {
      DeleteQdisc.restore(device, old.orElseThrow());
    }
  }

  private boolean hasOld() {
    return old.isPresent() && !old.get().isDefault();
  }

  /**
   * {@code tc qdisc replace} keeps the options that it does not name where the kind stays the same:
   * the equal of a change is to delete and to add.
   */
  @Override
  public String command() {
    String tc = "tc -n " + device.netns().name();
    String dev = " dev " + device.name();
    boolean isAfresh =
        hasOld() && (wanted.handle() != 0 || old.orElseThrow().kind().equals(wanted.name()));
    StringBuilder lines = new StringBuilder();
    if (isAfresh) {
      lines.append(tc).append(" qdisc del").append(dev).append(" root\n");
    }
    lines
        .append(tc)
        .append(isAfresh ? " qdisc add" : " qdisc replace")
        .append(dev)
        .append(" root ");
    if (wanted.handle() != 0) {
      lines.append("handle ").append(Qdisc.text(wanted.handle())).append(' ');
    }
    lines.append(wanted.text());
    for (NewClass made : wanted.classes()) {
      lines.append('\n').append(tc).append(" class add").append(dev);
      lines.append(" parent ").append(Qdisc.text(made.parent()));
      lines.append(" classid ").append(Qdisc.text(made.handle()));
      lines.append(' ').append(made.kind()).append(' ').append(made.options());
    }
    return lines.toString();
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return device.isOwn()
        ? Optional.of(List.of())
        : LeftoverSettings.qdisc(device, old).map(List::of);
  }

  @Override
  public String purpose() {
    return "set qdisc %s on device %s".formatted(wanted.text(), Text.place(device));
  }
}
