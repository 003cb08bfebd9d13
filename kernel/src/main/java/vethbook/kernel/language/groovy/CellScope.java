package vethbook.kernel.language.groovy;

import java.util.List;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.syntax.SyntaxException;
import org.codehaus.groovy.syntax.Token;
import org.codehaus.groovy.syntax.Types;

/**
 * Makes what a cell declares at its top level ({@code def x = 1}, {@code int x = 1}) a variable of
 * the notebook, keeps a final assignment from being shown, and refuses calls that would end the
 * kernel's process.
 */
final class CellScope extends CompilationCustomizer {
  private final TypedCell typed;

  CellScope(TypedCell typed) {
    super(CompilePhase.CONVERSION);
    this.typed = typed;
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
    ExitCheck check = new ExitCheck(source);
    for (MethodNode method : node.getMethods()) {
      if (method.getCode() != null) {
        method.getCode().visit(check);
      }
    }
    if (node.isScript()) {
      for (MethodNode run : node.getMethods("run")) {
        if (run.getCode() instanceof BlockStatement block) {
          hush(block);
          if (typed.isOn()) {
            TypedCell.keepDeclared(block);
          } else {
            block.getStatements().replaceAll(CellScope::widen);
          }
        }
      }
    }
  }

  /** A cell that ends with an assignment shows nothing, as in Python's notebooks. */
  private static void hush(BlockStatement block) {
    List<Statement> lines = block.getStatements();
    Statement last = lines.isEmpty() ? block : lines.get(lines.size() - 1);
    if (last instanceof ExpressionStatement line
        && line.getExpression() instanceof BinaryExpression binary
        && Types.ofType(binary.getOperation().getType(), Types.ASSIGNMENT_OPERATOR)) {
      block.addStatement(new ReturnStatement(ConstantExpression.NULL));
    }
  }

  private static Statement widen(Statement statement) {
    if (statement instanceof ExpressionStatement line
        && line.getExpression() instanceof DeclarationExpression declaration
        && declaration.getAnnotations().isEmpty()) {
      ExpressionStatement assignment = new ExpressionStatement(assignment(declaration));
      assignment.setSourcePosition(statement);
      return assignment;
    }
    return statement;
  }

  private static Expression assignment(DeclarationExpression declaration) {
    Expression right = declaration.getRightExpression();
    Expression value = right instanceof EmptyExpression ? initial(declaration) : right;
    Expression target = declaration.getLeftExpression();
    if (!declaration.isMultipleAssignmentDeclaration()) {
      VariableExpression variable = declaration.getVariableExpression();
      target = new VariableExpression(variable.getName());
      target.setSourcePosition(variable);
      if (!variable.isDynamicTyped() && !(right instanceof EmptyExpression)) {
        value = new CastExpression(variable.getOriginType(), value);
        value.setSourcePosition(right);
      }
    }
    Token sign = Token.newSymbol(Types.ASSIGN, declaration.getLineNumber(), 1);
    BinaryExpression assignment = new BinaryExpression(target, sign, value);
    assignment.setSourcePosition(declaration);
    return assignment;
  }

  /** What Java gives a variable of this type: {@code int n} is 0. */
  private static Expression initial(DeclarationExpression declaration) {
    if (declaration.isMultipleAssignmentDeclaration()) {
      return new ConstantExpression(null);
    }
    ClassNode type = declaration.getVariableExpression().getOriginType();
    if (!ClassHelper.isPrimitiveType(type)) {
      return new ConstantExpression(null);
    }
    Object zero = ClassHelper.isPrimitiveBoolean(type) ? (Object) false : (Object) 0;
    return new CastExpression(type, new ConstantExpression(zero));
  }

  /**
   * Corrects {@code sleep}; finds {@code System.exit} and {@code Runtime.getRuntime().exit} or
   * {@code halt}.
   */
  private static final class ExitCheck extends CodeVisitorSupport {
    private static final List<String> OWNERS =
        List.of("System", "java.lang.System", "Runtime.getRuntime()", "Runtime.runtime");

    private final SourceUnit source;

    ExitCheck(SourceUnit source) {
      this.source = source;
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
      String method = String.valueOf(call.getMethodAsString());
      if (method.equals("sleep") && call.isImplicitThis() && hasOneArgument(call)) {
        call.setObjectExpression(new ClassExpression(ClassHelper.make(Thread.class)));
        call.setImplicitThis(false);
      }
      boolean ends = method.equals("exit") || method.equals("halt");
      if (ends && OWNERS.contains(call.getObjectExpression().getText())) {
        String text =
            call.getObjectExpression().getText()
                + "."
                + method
                + " would end the kernel with all its variables; use 'return' to end a cell";
        source.addError(new SyntaxException(text, call));
      }
      super.visitMethodCallExpression(call);
    }

    private static boolean hasOneArgument(MethodCallExpression call) {
      return call.getArguments() instanceof TupleExpression arguments
          && arguments.getExpressions().size() == 1;
    }
  }
}
