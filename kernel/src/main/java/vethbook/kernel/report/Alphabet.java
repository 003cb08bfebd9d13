package vethbook.kernel.report;

import java.util.Map;

/**
 * The alphabets of mathematics as Unicode has them, because MathML Core has no attribute for them.
 *
 * @see "The Unicode Standard, Mathematical Alphanumeric Symbols, U+1D400 to U+1D7FF"
 */
final class Alphabet {
  private static final int NONE = 0;

  /** Where capitals, small letters and digits begin. */
  private record Block(int capitals, int smalls, int digits) {}

  private static final Map<String, Block> BLOCKS =
      Map.of(
          "bold", new Block(0x1D400, 0x1D41A, 0x1D7CE),
          "script", new Block(0x1D49C, 0x1D4B6, NONE),
          "fraktur", new Block(0x1D504, 0x1D51E, NONE),
          "double-struck", new Block(0x1D538, 0x1D552, 0x1D7D8),
          "sans-serif", new Block(0x1D5A0, 0x1D5BA, 0x1D7E2),
          "monospace", new Block(0x1D670, 0x1D68A, 0x1D7F6));

  /** Letters that Unicode had before it had the blocks, which leave their places empty. */
  private static final Map<String, String> EARLIER =
      Map.of(
          "script", "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ",
          "fraktur", "CℭHℌIℑRℜZℨ",
          "double-struck", "CℂHℍNℕPℙQℚRℝZℤ");

  private Alphabet() {}

  /** A text in an alphabet; what that does not have stays as it is. */
  static String of(String variant, String text) {
    Block block = BLOCKS.get(variant);
    if (block == null) {
      return text;
    }
    StringBuilder changed = new StringBuilder();
    String earlier = EARLIER.getOrDefault(variant, "");
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      int place = earlier.indexOf(letter);
      if (place >= 0) {
        changed.append(earlier.charAt(place + 1));
      } else if (letter >= 'A' && letter <= 'Z') {
        changed.appendCodePoint(block.capitals + letter - 'A');
      } else if (letter >= 'a' && letter <= 'z') {
        changed.appendCodePoint(block.smalls + letter - 'a');
      } else if (letter >= '0' && letter <= '9' && block.digits != NONE) {
        changed.appendCodePoint(block.digits + letter - '0');
      } else {
        changed.append(letter);
      }
    }
    return changed.toString();
  }
}
