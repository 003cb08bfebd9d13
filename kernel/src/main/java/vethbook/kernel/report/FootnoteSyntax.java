package vethbook.kernel.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.beta.LinkInfo;
import org.commonmark.parser.beta.LinkResult;
import org.commonmark.parser.beta.Scanner;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.AbstractBlockParserFactory;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/**
 * How footnotes are written: {@code text[^label]}, and {@code [^label]: the note} at the beginning
 * of a line, whose further paragraphs are indented.
 */
final class FootnoteSyntax {
  private static final int INDENT = 4;
  private static final Pattern BEGIN = Pattern.compile("\\[\\^([^\\s\\[\\]]+)]:[ \\t]*");

  private static final Pattern LABEL = Pattern.compile("\\^[^\\s\\[\\]]+");

  private FootnoteSyntax() {}

  /** A note. */
  static final class Definition extends CustomBlock {
    private final String label;

    Definition(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** A place that refers to one. */
  static final class Reference extends CustomNode {
    private final String label;

    Reference(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** Reads a note; what it holds is Markdown. */
  private static final class Reader extends AbstractBlockParser {
    private final Definition definition;

    Reader(String label) {
      definition = new Definition(label);
    }

    @Override
    public Block getBlock() {
      return definition;
    }

    @Override
    public boolean isContainer() {
      return true;
    }

    @Override
    public boolean canContain(Block child) {
      return !(child instanceof Definition);
    }

    @Override
    public BlockContinue tryContinue(ParserState state) {
      if (state.isBlank()) {
        return BlockContinue.atIndex(state.getIndex());
      }
      return state.getIndent() >= INDENT
          ? BlockContinue.atColumn(state.getColumn() + INDENT)
          : BlockContinue.none();
    }
  }

  /** Finds notes. */
  static final class Definitions extends AbstractBlockParserFactory {
    @Override
    public BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
      CharSequence line = state.getLine().getContent();
      int start = state.getNextNonSpaceIndex();
      Matcher begin = BEGIN.matcher(line.subSequence(start, line.length()));
      return state.getIndent() < INDENT && begin.lookingAt()
          ? BlockStart.of(new Reader(begin.group(1))).atIndex(start + begin.end())
          : BlockStart.none();
    }
  }

  /** Finds references: what looks like a link without a place to go to. */
  static @Nullable LinkResult reference(
      LinkInfo link, Scanner scanner, InlineParserContext context) {
    String text = link.text(scanner);
    boolean isReference =
        link.destination() == null && link.label() == null && LABEL.matcher(text).matches();
    return isReference
        ? LinkResult.replaceWith(new Reference(text.substring(1)), link.afterTextBracket())
        : LinkResult.none();
  }
}
