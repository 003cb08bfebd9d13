package vethbook.kernel.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.node.CustomBlock;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.AbstractBlockParserFactory;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;

/**
 * A formula of several lines that begins a line: what its lines begin with is no list, heading or
 * quotation.
 */
final class MathBlock extends AbstractBlockParser {
  private static final int CODE_INDENT = 4;
  private static final Pattern BEGIN =
      Pattern.compile("\\s*(?:(\\$\\$)|\\\\{1,2}(\\[)|\\\\begin\\{(\\w+\\*?)}).*");

  private final Lines block = new Lines();
  private final String end;
  private final StringBuilder text = new StringBuilder();
  private boolean isOver;

  /** Its lines; in a block of its own kind, because others may begin within a paragraph. */
  static final class Lines extends CustomBlock {}

  private MathBlock(String end) {
    this.end = end;
  }

  /** Begins one where a formula begins a line and does not end in it. */
  static final class Factory extends AbstractBlockParserFactory {
    @Override
    public BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
      CharSequence line = state.getLine().getContent();
      CharSequence rest = line.subSequence(state.getNextNonSpaceIndex(), line.length());
      Matcher matcher = BEGIN.matcher(rest);
      if (state.getIndent() >= CODE_INDENT || !matcher.matches()) {
        return BlockStart.none();
      }
      String end =
          matcher.group(1) != null
              ? "$$"
              : matcher.group(2) != null ? "\\]" : "\\end{" + matcher.group(3) + "}";
      boolean endsHere = rest.toString().indexOf(end, 2) >= 0;
      return endsHere
          ? BlockStart.none()
          : BlockStart.of(new MathBlock(end)).atIndex(state.getIndex());
    }
  }

  @Override
  public Block getBlock() {
    return block;
  }

  @Override
  public BlockContinue tryContinue(ParserState state) {
    return isOver ? BlockContinue.none() : BlockContinue.atIndex(state.getIndex());
  }

  @Override
  public void addLine(SourceLine line) {
    text.append(line.getContent()).append('\n');
    isOver = text.indexOf(end, 2) >= 0;
  }

  @Override
  public void parseInlines(InlineParser parser) {
    SourceLines lines = SourceLines.empty();
    text.toString().lines().forEach(line -> lines.addLine(SourceLine.of(line, null)));
    parser.parse(lines, block);
  }
}
