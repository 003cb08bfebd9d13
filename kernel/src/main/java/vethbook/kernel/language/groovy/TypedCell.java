package vethbook.kernel.language.groovy;

import groovy.transform.CompilationUnitAware;
import groovy.transform.TypeChecked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.syntax.Types;
import org.jspecify.annotations.Nullable;

/**
 * Checks the types of a whole cell before it runs. What it declares at its top level keeps its type
 * within the cell, and becomes a variable of the notebook after each line.
 */
final class TypedCell extends CompilationCustomizer implements CompilationUnitAware {
  private @Nullable ASTTransformationCustomizer checks;
  private @Nullable CompilationUnit unit;
  private boolean isOn;

  TypedCell() {
    super(CompilePhase.INSTRUCTION_SELECTION);
  }

  /** Whether the cells that are compiled from now on are checked. */
  void set(boolean checks) {
    isOn = checks;
  }

  boolean isOn() {
    return isOn;
  }

  @Override
  public void setCompilationUnit(CompilationUnit unit) {
    this.unit = unit;
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
    if (isOn) {
      if (checks == null) { // only now: it takes 70 ms
        checks =
            new ASTTransformationCustomizer(
                Map.of("extensions", List.of(SessionTypes.class.getName())), TypeChecked.class);
      }
      checks.setCompilationUnit(unit);
      checks.call(source, context, node);
    }
  }

  /** Adds behind each line of the cell, but one with its value, that what is declared is kept. */
  static void keepDeclared(BlockStatement cell) {
    List<Statement> lines = List.copyOf(cell.getStatements());
    cell.getStatements().clear();
    List<VariableExpression> declared = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Statement line = declaring(lines.get(i), declared);
      cell.addStatement(line);
      List<VariableExpression> now = declaredBy(line);
      declared.addAll(now);
      boolean isLast = i == lines.size() - 1;
      if (!isLast || !now.isEmpty()) {
        declared.forEach(variable -> cell.addStatement(keep(variable)));
      }
      if (isLast && !now.isEmpty()) {
        cell.addStatement(new ReturnStatement(ConstantExpression.NULL));
      }
    }
  }

  /** The line; an assignment to a variable that is new declares it, as in any cell. */
  private static Statement declaring(Statement line, List<VariableExpression> declared) {
    if (line instanceof ExpressionStatement statement
        && statement.getExpression() instanceof BinaryExpression assignment
        && !(assignment instanceof DeclarationExpression)
        && assignment.getOperation().getType() == Types.ASSIGN
        && assignment.getLeftExpression() instanceof VariableExpression variable
        && declared.stream().noneMatch(each -> each.getName().equals(variable.getName()))
        && !SessionTypes.isKnown(variable.getName())) {
      DeclarationExpression declaration =
          new DeclarationExpression(
              variable, assignment.getOperation(), assignment.getRightExpression());
      declaration.setSourcePosition(assignment);
      Statement declares = new ExpressionStatement(declaration);
      declares.setSourcePosition(line);
      return declares;
    }
    return line;
  }

  private static List<VariableExpression> declaredBy(Statement line) {
    if (!(line instanceof ExpressionStatement statement)
        || !(statement.getExpression() instanceof DeclarationExpression declaration)) {
      return List.of();
    }
    if (!declaration.isMultipleAssignmentDeclaration()) {
      return List.of(declaration.getVariableExpression());
    }
    TupleExpression all = declaration.getTupleExpression();
    List<VariableExpression> variables = new ArrayList<>();
    for (Expression each : all.getExpressions()) {
      variables.add((VariableExpression) each);
    }
    return variables;
  }

  private static Statement keep(VariableExpression variable) {
    return new ExpressionStatement(
        new MethodCallExpression(
            new VariableExpression("this"),
            "setProperty",
            new ArgumentListExpression(
                new ConstantExpression(variable.getName()),
                new VariableExpression(variable.getName()))));
  }
}
