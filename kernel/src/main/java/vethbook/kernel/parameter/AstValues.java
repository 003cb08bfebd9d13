package vethbook.kernel.parameter;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.RangeExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;
import org.codehaus.groovy.runtime.ScriptBytecodeAdapter;
import org.jspecify.annotations.Nullable;

/** What expressions that are literals would yield, without running them. */
final class AstValues {
  /** In place of what only running the cell would tell. */
  enum Computed {
    COMPUTED
  }

  private AstValues() {}

  static @Nullable Object of(Expression expression) {
    if (expression instanceof ConstantExpression constant) {
      return constant.getValue();
    }
    if (expression instanceof UnaryMinusExpression minus
        && of(minus.getExpression()) instanceof Number number) {
      return Literals.value("-" + number);
    }
    if (expression instanceof ListExpression list) {
      return list(list.getExpressions());
    }
    if (expression instanceof MapExpression map) {
      return map(map);
    }
    if (expression instanceof RangeExpression range) {
      return range(range);
    }
    if (expression instanceof PropertyExpression property
        && of(property.getObjectExpression()) instanceof Number number) {
      Quantity quantity =
          new Quantity(
              new BigDecimal(number.toString()), String.valueOf(property.getPropertyAsString()));
      return quantity.value().orElse(Computed.COMPUTED);
    }
    return expression instanceof MethodCallExpression call ? call(call) : Computed.COMPUTED;
  }

  private static Object list(List<Expression> expressions) {
    List<Object> values = new ArrayList<>();
    for (Expression each : expressions) {
      Object value = of(each);
      if (value == Computed.COMPUTED) {
        return value;
      }
      values.add(value);
    }
    return values;
  }

  private static Object map(MapExpression map) {
    Map<Object, Object> values = new LinkedHashMap<>();
    for (MapEntryExpression entry : map.getMapEntryExpressions()) {
      Object value = of(entry.getValueExpression());
      Object key = of(entry.getKeyExpression());
      if (value == Computed.COMPUTED || key == Computed.COMPUTED) {
        return Computed.COMPUTED;
      }
      values.put(key, value);
    }
    return values;
  }

  private static Object range(RangeExpression range) {
    Object from = of(range.getFrom());
    Object to = of(range.getTo());
    if (!(from instanceof Comparable) || !(to instanceof Comparable)) {
      return Computed.COMPUTED;
    }
    try {
      return ScriptBytecodeAdapter.createRange(
          from, to, range.isExclusiveLeft(), range.isExclusiveRight());
    } catch (Throwable e) { // declared so by Groovy
      throw new IllegalArgumentException(e);
    }
  }

  /** What Java's cells have as literals: {@code List.of(1, 2)}, {@code Duration.ofSeconds(5)}. */
  private static Object call(MethodCallExpression call) {
    String name = call.getObjectExpression().getText() + "." + call.getMethodAsString();
    if (!(call.getArguments() instanceof ArgumentListExpression arguments)) {
      return Computed.COMPUTED;
    }
    if (name.equals("List.of") || name.equals("java.util.List.of")) {
      return list(arguments.getExpressions());
    }
    Object first = arguments.getExpressions().size() == 1 ? of(arguments.getExpression(0)) : null;
    if (!(first instanceof Integer || first instanceof Long)) {
      return Computed.COMPUTED;
    }
    long amount = ((Number) first).longValue();
    return switch (name.replace("java.time.", "")) {
      case "Duration.ofMillis" -> Duration.ofMillis(amount);
      case "Duration.ofSeconds" -> Duration.ofSeconds(amount);
      case "Duration.ofMinutes" -> Duration.ofMinutes(amount);
      default -> Computed.COMPUTED;
    };
  }
}
