package vethbook.lab;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vethbook.linux.nft.Nft;
import vethbook.linux.nft.Tables;

/** Loads a text of nft. */
final class LoadNft implements Change {
  private final Netns netns;
  private final String text;
  private final List<String> replaced;
  private final Tables before;
  private @Nullable Tables after;

  /**
   * @param text as a person wrote it
   * @param replaced tables that go as it comes
   * @param before the tables that are there
   */
  LoadNft(Netns netns, String text, List<String> replaced, Tables before) {
    this.netns = netns;
    this.text = text;
    this.replaced = replaced;
    this.before = before;
  }

  String text() {
    return text;
  }

  Netns netns() {
    return netns;
  }

  @Override
  public void apply() {
    Nft.load(netns.handle(), script(), purpose());
    after = Tables.read(netns.handle());
    netns.packetRules().texts().loaded(this);
  }

  /** What is to go stands in the first line, so that nft's line numbers are those of the text. */
  private String script() {
    String room =
        replaced.stream()
            .map(table -> "delete table " + table + "; ")
            .collect(Collectors.joining());
    return room + text + (text.endsWith("\n") ? "" : "\n");
  }

  @Override
  public void undo() {
    restore(before);
  }

  /** Takes away the tables that it has made and puts back those that it has changed. */
  void takeBack() {
    restore(before.without(replaced));
  }

  private void restore(Tables wanted) {
    Tables present = Tables.read(netns.handle());
    Nft.load(netns.handle(), present.scriptTo(wanted, touched()), "undo: " + purpose());
    netns.packetRules().texts().unloaded(this);
  }

  /** The commands of {@link #takeBack}. */
  String takingBack() {
    return present().scriptTo(before.without(replaced), touched());
  }

  private Tables present() {
    return after == null ? before : after;
  }

  /** The tables that are not as they were before it. */
  private Set<String> touched() {
    return present().changedSince(before.without(replaced));
  }

  /** The tables that are there by it. */
  Set<String> made() {
    return present().without(before.without(replaced).names()).names();
  }

  /** Whether all that it changed is still as it left it. */
  boolean isThere(Tables now) {
    Set<String> changed = now.changedSince(present());
    return made().stream().noneMatch(changed::contains)
        && touched().stream().noneMatch(changed::contains);
  }

  @Override
  public String command() {
    return shell(netns, script());
  }

  static String shell(Netns netns, String script) {
    String end = "NFT";
    while (script.lines().toList().contains(end)) {
      end += "_";
    }
    return "ip netns exec %s nft -f - <<'%s'\n%s%s".formatted(netns.name(), end, script, end);
  }

  @Override
  public List<Netns> places() {
    return List.of(netns);
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return Optional.of(lasting(NftTexts.declared(text)));
  }

  @Override
  public List<HostChange> made(Netns place) {
    return lasting(touched());
  }

  private List<HostChange> lasting(Collection<String> tables) {
    return tables.stream().map(table -> Leftover.nftTable(table, before.text(table))).toList();
  }

  @Override
  public String purpose() {
    return "load nft rules in " + netns;
  }
}
