package vethbook.lab;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vethbook.linux.bpf.BpfException;

/**
 * Replaces what a device's program redirects, as a whole; with no redirects there is no program.
 */
record LoadRedirects(
    BpfRedirects owner, Device device, BpfRedirects.Wanted wanted, BpfRedirects.Wanted old)
    implements Change {

  @Override
  public void apply() {
    load(wanted);
  }

  @Override
  public void undo() {
    load(old);
  }

  private void load(BpfRedirects.Wanted redirects) {
    try {
      owner.load(device, redirects);
    } catch (BpfException e) {
      throw e.during("Cannot " + purpose());
    }
  }

  /** A comment: neither tc nor ip can be given instructions. */
  @Override
  public String command() {
    return Stream.concat(
            Stream.of("# what arrives at " + device + ", by a BPF program of its own:"),
            lines().map(line -> "#   " + line))
        .collect(Collectors.joining("\n"));
  }

  private Stream<String> lines() {
    return wanted.redirects().isEmpty()
        ? Stream.of("nothing is redirected")
        : wanted.redirects().stream().map(Redirect::toString);
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return device.lastingIfOwn();
  }

  @Override
  public String purpose() {
    return "redirect what arrives at %s: %s"
        .formatted(device, lines().collect(Collectors.joining("; ")));
  }
}
