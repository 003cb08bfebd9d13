package vethbook.kernel.magic;

import java.util.List;
import java.util.stream.Collectors;
import vethbook.extension.MimeBundle;

/** {@code %help}: lists the magics. */
final class HelpMagic implements Magic {
  private final Magics magics;

  HelpMagic(Magics magics) {
    this.magics = magics;
  }

  @Override
  public List<String> names() {
    return List.of("help", "magics", "lsmagic");
  }

  @Override
  public List<String> usage() {
    return List.of("%help", "%help NAME");
  }

  @Override
  public String summary() {
    return "Lists the magics, or says what one does.";
  }

  @Override
  public List<String> arguments() {
    return magics.names().stream().sorted().toList();
  }

  @Override
  public Object line(Call call) {
    String name = call.text().replace("%", "");
    String text =
        name.isEmpty()
            ? magics.all().stream().map(HelpMagic::describe).collect(Collectors.joining("\n\n"))
            : describe(magics.get("%", name));
    return MimeBundle.plain(text);
  }

  static String describe(Magic magic) {
    String others =
        magic.names().size() == 1
            ? ""
            : "\n    also known as "
                + magic.names().stream()
                    .skip(1)
                    .map(n -> "%" + n)
                    .collect(Collectors.joining(", "));
    return String.join("\n", magic.usage()) + "\n    " + magic.summary() + others;
  }
}
