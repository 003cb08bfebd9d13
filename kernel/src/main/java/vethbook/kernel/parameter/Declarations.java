package vethbook.kernel.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;

/**
 * The parameters that a cell declares, read from its text without running it. Groovy's parser also
 * reads what Java's cells write: {@code int rounds = 10;}.
 */
public final class Declarations {
  private static final Pattern WORD = Pattern.compile("\\bparameters\\s*[({]");
  private static final Pattern MAGIC = Pattern.compile("(?m)^[ \\t]*%.*$");
  private static final Pattern COMMENT = Pattern.compile("^\\s*;?\\s*//\\s*(.*?)\\s*$");

  private final List<String> lines;

  private Declarations(String source) {
    lines = source.lines().toList();
  }

  /**
   * Those of a cell tagged {@code parameters}: its assignments; what stands behind one as a comment
   * is its help.
   *
   * @throws ParameterException when the cell is not understood
   */
  public static List<Parameter> ofAssignments(String source) {
    String code = withoutMagics(source);
    return new Declarations(code).assignments(statements(code));
  }

  /**
   * Those of the word {@code parameters}; empty when the cell does not say it.
   *
   * @throws ParameterException when the cell is not understood, or declares one wrongly
   */
  public static List<Parameter> ofWord(String source) {
    if (!WORD.matcher(source).find()) {
      return List.of();
    }
    String code = withoutMagics(source);
    Declarations reader = new Declarations(code);
    List<Parameter> found = new ArrayList<>();
    for (Statement statement : statements(code)) {
      if (statement instanceof ExpressionStatement line
          && value(line.getExpression()) instanceof MethodCallExpression call
          && "parameters".equals(call.getMethodAsString())
          && call.isImplicitThis()
          && call.getArguments() instanceof TupleExpression arguments
          && arguments.getExpressions().size() == 1
          && arguments.getExpression(0) instanceof ClosureExpression block
          && block.getCode() instanceof BlockStatement body) {
        body.getStatements().forEach(each -> reader.declared(each, found));
      }
    }
    return found;
  }

  /** The same when it is assigned: {@code p = parameters { ... }}. */
  private static Expression value(Expression expression) {
    return expression instanceof BinaryExpression assignment
        ? assignment.getRightExpression()
        : expression;
  }

  private static String withoutMagics(String source) {
    return MAGIC.matcher(source).replaceAll("");
  }

  private static List<Statement> statements(String code) {
    SourceUnit source = SourceUnit.create("parameters", code);
    CompilationUnit unit = new CompilationUnit();
    unit.addSource(source);
    try {
      unit.compile(Phases.CONVERSION);
    } catch (CompilationFailedException e) {
      throw new ParameterException(
          "Cannot read the cell that declares parameters: "
              + e.getMessage().lines().skip(1).findFirst().orElse("").strip(),
          "try the cell in Jupyter");
    }
    ModuleNode module = source.getAST();
    return module.getStatementBlock().getStatements();
  }

  private List<Parameter> assignments(List<Statement> statements) {
    List<Parameter> found = new ArrayList<>();
    for (Statement statement : statements) {
      if (statement instanceof ExpressionStatement line
          && line.getExpression() instanceof BinaryExpression assignment
          && assignment.getOperation().getText().equals("=")
          && assignment.getLeftExpression() instanceof VariableExpression variable
          && !(assignment.getRightExpression() instanceof EmptyExpression)) {
        Expression value = assignment.getRightExpression();
        found.add(
            Parameter.of(variable.getName(), AstValues.of(value), text(value))
                .withHelp(commentBehind(value)));
      }
    }
    return found;
  }

  private void declared(Statement statement, List<Parameter> found) {
    if (!(statement instanceof ExpressionStatement line)) {
      return;
    }
    found.addAll(assignments(List.of(statement)));
    if (line.getExpression() instanceof MethodCallExpression call
        && call.isImplicitThis()
        && call.getArguments() instanceof TupleExpression arguments) {
      List<Expression> given = arguments.getExpressions();
      Expression last = given.isEmpty() ? EmptyExpression.INSTANCE : given.get(given.size() - 1);
      boolean hasOptions = given.size() == 2 && given.get(0) instanceof MapExpression;
      if (given.size() == 1 || hasOptions) {
        Object options = hasOptions ? AstValues.of(given.get(0)) : Map.of();
        found.add(
            Bounds.parameter(
                call.getMethodAsString(),
                AstValues.of(last),
                text(last),
                options instanceof Map<?, ?> map ? map : Map.of()));
      }
    }
  }

  /** An expression as it is written. */
  private String text(ASTNode node) {
    int first = node.getLineNumber() - 1;
    int last = node.getLastLineNumber() - 1;
    if (first < 0 || last >= lines.size()) {
      return "";
    }
    if (first == last) {
      return lines
          .get(first)
          .substring(node.getColumnNumber() - 1, node.getLastColumnNumber() - 1)
          .strip();
    }
    StringBuilder text = new StringBuilder(lines.get(first).substring(node.getColumnNumber() - 1));
    lines.subList(first + 1, last).forEach(line -> text.append(' ').append(line.strip()));
    text.append(' ').append(lines.get(last), 0, node.getLastColumnNumber() - 1);
    return text.toString().replaceAll("\\s+", " ").strip();
  }

  private String commentBehind(ASTNode node) {
    int line = node.getLastLineNumber() - 1;
    if (line < 0 || line >= lines.size()) {
      return "";
    }
    Matcher comment = COMMENT.matcher(lines.get(line).substring(node.getLastColumnNumber() - 1));
    return comment.find() ? comment.group(1) : "";
  }
}
