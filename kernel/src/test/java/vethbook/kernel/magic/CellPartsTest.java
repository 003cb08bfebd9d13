package vethbook.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import vethbook.kernel.magic.CellParts.Part;

final class CellPartsTest {
  @Test
  void takesACellWithoutMagicsWhole() {
    assertThat(CellParts.of("a = 7 % 3\nb")).containsExactly(code("a = 7 % 3\nb"));
  }

  @Test
  void keepsPositionsBehindAMagicOverTheCell() {
    Part part = CellParts.of("%%java x\nint a;").get(0);

    assertThat(part).isEqualTo(new Part("java", true, "x", "        \nint a;"));
  }

  @Test
  void runsLinesInTheirOrder() {
    List<Part> parts = CellParts.of("a = 1\n  %who\nb = 2\n");

    assertThat(parts)
        .containsExactly(
            code("a = 1\n"),
            new Part("who", false, "", "     \n      "),
            code("     \n      \nb = 2\n"));
  }

  @Test
  void leavesPercentSignsAloneThatAreNoMagics() {
    assertThat(CellParts.of("x = '''\n%who\n'''")).hasSize(1);
    assertThat(CellParts.of("x = (7\n%three)")).hasSize(1);
    assertThat(CellParts.of("x = 7\n% 3")).hasSize(1);
  }

  @Test
  void showsLanguagesWhatIsTheirs() {
    assertThat(CellParts.code("%maven a:b:1\nx = 1\n%time f()"))
        .isEqualTo("            \nx = 1\n      f()");
  }

  @Test
  void splitsArgumentsAtBlanksOutsideOfQuotes() {
    assertThat(Words.of("a  'b c' d\"e f\"g \\")).containsExactly("a", "b c", "de fg", "\\");
    assertThat(Words.of("")).isEmpty();
    assertThat(Words.of("''")).containsExactly("");
  }

  private static Part code(String text) {
    return new Part(null, false, "", text);
  }
}
