package vethbook.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;

/** Replaces a namespace's address translation as a whole, through nft. */
record LoadNat(Netns netns, Nat nat, Nat old) implements Change {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Override
  public void apply() {
    load(nat);
  }

  @Override
  public void undo() {
    load(old);
  }

  private void load(Nat wanted) {
    Command.Output output =
        Command.of("nft", "-j", "-f", "-").in(netns.handle()).input(text(wanted)).run(LIMIT);
    if (output.exit() != 0) {
      throw new ExperimentException(
          "Cannot " + purpose(),
          "nft",
          output.err().isBlank() ? "exit status " + output.exit() : output.err().strip(),
          null,
          null);
    }
    netns.nat(wanted);
  }

  private static String text(Nat nat) {
    try {
      return new ObjectMapper().writeValueAsString(nat.json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String command() {
    return nat.commands(netns, old);
  }

  @Override
  public List<Netns> places() {
    return List.of(netns);
  }

  @Override
  public String purpose() {
    return "load the NAT rules of " + netns;
  }
}
