package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.netns.NetnsHandle;

/**
 * The namespaces of a lab that somebody else has made: each change there is written down with what
 * it takes to undo it, because they stay when the lab goes.
 */
final class Attachments {
  private final Lab lab;
  private final HostJournal journal;

  Attachments(Lab lab, HostJournal journal) {
    this.lab = lab;
    this.journal = journal;
  }

  /**
   * The namespace, if the lab has it already by this name.
   *
   * @throws PlanException when it is the host's, or the lab calls it otherwise
   */
  Optional<Netns> known(String name, NetnsHandle opened, Attachment attachment) {
    String cannot = "Cannot attach " + attachment.what() + " as netns " + name + ": ";
    long inode = opened.inode();
    if (NetnsHandle.hostInode() == inode) {
      throw new PlanException(
          cannot + "it is in the host's network namespace", "say host, such as host.eth0");
    }
    for (Netns netns : lab.namespaces()) {
      boolean isSame = netns.handle().inode() == inode;
      if (isSame && netns.name().equals(name)) {
        return Optional.of(netns);
      }
      if (isSame) {
        throw new PlanException(
            cannot + "this lab has it as " + netns, "say netns '" + netns.name() + "'");
      }
      if (netns.name().equals(name) && netns.attachment().isEmpty()) {
        throw new PlanException(
            cannot + "this lab has made one of that name", "attach it by another name");
      }
    }
    return Optional.empty();
  }

  /** Writes down what will outlive the lab. */
  void before(Change change) {
    for (Netns place : attached(change)) {
      write(change.lasting(place).orElseThrow(() -> notThere(change, place)), place);
    }
  }

  /** Writes down what is known now that it is done. */
  void after(Change change) {
    for (Netns place : attached(change)) {
      write(change.made(place), place);
    }
  }

  private void write(List<HostChange> changes, Netns place) {
    if (!changes.isEmpty()) {
      HostChange.Attached netns = identity(place);
      journal.before(changes.stream().map(change -> change.in(netns)).toList());
    }
  }

  private static List<Netns> attached(Change change) {
    return change.places().stream()
        .filter(place -> place.attachment().isPresent())
        .distinct()
        .toList();
  }

  private static PlanException notThere(Change change, Netns place) {
    return new PlanException(
        "Cannot " + change.purpose() + ": " + place + " is not this lab's, only attached",
        "only what can be undone when the lab is gone may be changed there");
  }

  private static HostChange.Attached identity(Netns place) {
    NetnsHandle handle = place.handle();
    return new HostChange.Attached(handle.inode(), handle.cookie(), place.name());
  }

  /** Undoes what was changed in a namespace while the lab goes on. */
  void undo(Netns attached) {
    journal.undo(identity(attached));
  }
}
