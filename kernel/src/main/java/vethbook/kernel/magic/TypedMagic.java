package vethbook.kernel.magic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code %%typechecked}: the types of a Groovy cell are checked before it runs. */
public final class TypedMagic implements Magic {
  /** How a cell is run whose types are checked. */
  public interface Evaluation {
    /**
     * Runs it.
     *
     * @throws Throwable what the compiler finds, or whatever the cell throws
     */
    @Nullable Object evaluate(String code, int number) throws Throwable;
  }

  private final Evaluation evaluation;

  TypedMagic(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  @Override
  public List<String> names() {
    return List.of("typechecked");
  }

  @Override
  public List<String> usage() {
    return List.of("%%typechecked");
  }

  @Override
  public String summary() {
    return "Checks the types of a Groovy cell before it runs: misspelt methods, wrong arguments.";
  }

  @Override
  public @Nullable Object cell(Call call, String body) throws Throwable {
    if (!call.language().equals("groovy")) {
      throw new MagicException(
          "Cannot use %%typechecked over a " + call.language() + " cell",
          "it is for Groovy; Java's types are always checked");
    }
    if (!call.text().isEmpty()) {
      throw new MagicException(
          "Cannot give %%typechecked '" + call.text() + "'", "the code begins on the line below");
    }
    return evaluation.evaluate(body, call.number());
  }
}
