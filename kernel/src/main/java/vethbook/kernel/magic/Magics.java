package vethbook.kernel.magic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vethbook.extension.Nearest;

/** The magics that cells know. */
public final class Magics {
  private final Map<String, Magic> byName = new LinkedHashMap<>();

  public Magics(Collection<Magic> known) {
    known.forEach(this::add);
  }

  /** Adds one; it takes the place of others of its names. */
  public void add(Magic magic) {
    magic.names().forEach(name -> byName.put(name, magic));
  }

  /** Each magic once. */
  public List<Magic> all() {
    return byName.values().stream().distinct().toList();
  }

  /** All names, without their percent signs. */
  public Collection<String> names() {
    return byName.keySet();
  }

  /**
   * The magic of this name.
   *
   * @param sign one percent sign or two, for the error
   * @throws MagicException when there is none
   */
  Magic get(String sign, String name) {
    Magic magic = byName.get(name);
    if (magic != null) {
      return magic;
    }
    List<String> near = new ArrayList<>();
    Nearest.of(name, names()).forEach(each -> near.add(sign + each));
    throw new MagicException(
        "Cannot find magic " + sign + name,
        near.isEmpty()
            ? "%help lists them all"
            : "did you mean " + String.join(" or ", near) + "?");
  }
}
