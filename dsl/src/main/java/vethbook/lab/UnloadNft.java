package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.nft.Nft;

/** Takes away what a text of nft has made. */
record UnloadNft(LoadNft loaded) implements Change {
  @Override
  public void apply() {
    loaded.takeBack();
  }

  @Override
  public void undo() {
    Nft.load(loaded.netns().handle(), loaded.text(), "undo: " + purpose());
    loaded.netns().packetRules().texts().loaded(loaded);
  }

  @Override
  public String command() {
    return LoadNft.shell(loaded.netns(), loaded.takingBack());
  }

  @Override
  public List<Netns> places() {
    return List.of(loaded.netns());
  }

  /** It was written down when the text was loaded. */
  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return Optional.of(List.of());
  }

  @Override
  public String purpose() {
    return "take back nft rules in " + loaded.netns();
  }
}
