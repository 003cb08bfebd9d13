package vethbook.kernel.magic;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Nearest;

/** {@code %reset}: forgets variables. */
final class ResetMagic implements Magic {
  private final Supplier<Map<String, Object>> variables;

  ResetMagic(Supplier<Map<String, Object>> variables) {
    this.variables = variables;
  }

  @Override
  public List<String> names() {
    return List.of("reset");
  }

  @Override
  public List<String> usage() {
    return List.of("%reset", "%reset VARIABLE...");
  }

  @Override
  public String summary() {
    return "Forgets these variables; without names all of them, methods and classes of Java cells, "
        + "and imports. Libraries stay.";
  }

  @Override
  public List<String> arguments() {
    return List.copyOf(new TreeSet<>(variables.get().keySet()));
  }

  @Override
  public @Nullable Object line(Call call) {
    List<String> names = call.words();
    for (String name : names) {
      if (!variables.get().containsKey(name)) {
        List<String> near = Nearest.of(name, variables.get().keySet());
        throw new MagicException(
            "Cannot forget " + name + ": there is no such variable",
            near.isEmpty() ? "%who lists them" : "did you mean " + String.join(" or ", near) + "?");
      }
    }
    call.cells().forget(names);
    return null;
  }
}
