package vethbook.kernel.language.groovy;

import groovy.lang.Closure;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.GenericsType;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.MethodCall;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.tools.GenericsUtils;
import org.codehaus.groovy.runtime.MethodClosure;
import org.codehaus.groovy.transform.stc.AbstractTypeCheckingExtension;
import org.codehaus.groovy.transform.stc.StaticTypeCheckingVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Tells Groovy's type checker what it cannot see in a cell: the notebook's variables have the types
 * of their values, and an object that answers any name may be asked for any. Groovy makes one for
 * each class that it checks, by its name.
 */
public final class SessionTypes extends AbstractTypeCheckingExtension {
  private static final ThreadLocal<Map<String, Object>> VARIABLES =
      ThreadLocal.withInitial(Map::of);

  /** For Groovy. */
  public SessionTypes(StaticTypeCheckingVisitor visitor) {
    super(visitor);
  }

  /** The variables that those cells know which this thread compiles from now on. */
  static void know(Map<String, Object> variables) {
    VARIABLES.set(variables);
  }

  static boolean isKnown(String variable) {
    return VARIABLES.get().containsKey(variable);
  }

  @Override
  public boolean handleUnresolvedVariableExpression(VariableExpression variable) {
    Map<String, Object> all = VARIABLES.get();
    if (!all.containsKey(variable.getName())) {
      return false;
    }
    makeDynamic(variable, type(all.get(variable.getName())));
    return true;
  }

  /** Functions of earlier cells are variables that can be called. */
  @Override
  public List<MethodNode> handleMissingMethod(
      ClassNode receiver,
      String name,
      ArgumentListExpression arguments,
      ClassNode[] argumentTypes,
      MethodCall call) {
    boolean isOwn = receiver.isDerivedFrom(ClassHelper.SCRIPT_TYPE);
    if (isOwn && VARIABLES.get().get(name) instanceof Closure<?> function) {
      return List.of(makeDynamic(call, returned(function)));
    }
    return List.of();
  }

  private static ClassNode returned(Closure<?> function) {
    if (function instanceof MethodClosure method) {
      List<Class<?>> types = new ArrayList<>();
      for (Method each : method.getOwner().getClass().getDeclaredMethods()) {
        if (each.getName().equals(method.getMethod())) {
          types.add(each.getReturnType());
        }
      }
      return types.size() == 1 ? ClassHelper.make(types.get(0)) : ClassHelper.OBJECT_TYPE;
    }
    return ClassHelper.OBJECT_TYPE;
  }

  /** The type of the value; of a collection or map with that of what it holds. */
  private static ClassNode type(@Nullable Object value) {
    if (value == null) {
      return ClassHelper.OBJECT_TYPE;
    }
    ClassNode type = ClassHelper.make(value.getClass());
    int parameters = value.getClass().getTypeParameters().length;
    if (value instanceof Collection<?> all && parameters == 1) {
      return GenericsUtils.makeClassSafeWithGenerics(type, generics(all));
    }
    if (value instanceof Map<?, ?> map && parameters == 2) {
      return GenericsUtils.makeClassSafeWithGenerics(
          type, generics(map.keySet()), generics(map.values()));
    }
    return type.getPlainNodeReference();
  }

  /** The class that all of these are of; Object where they differ, or where there are none. */
  private static GenericsType generics(Collection<?> values) {
    Set<Class<?>> classes = new HashSet<>();
    values.forEach(each -> classes.add(each == null ? Object.class : each.getClass()));
    return new GenericsType(
        classes.size() == 1
            ? ClassHelper.make(classes.iterator().next()).getPlainNodeReference()
            : ClassHelper.OBJECT_TYPE);
  }

  @Override
  public boolean handleUnresolvedProperty(PropertyExpression property) {
    ClassNode owner = getType(property.getObjectExpression());
    if (owner.getMethods("propertyMissing").isEmpty()) {
      return false;
    }
    makeDynamic(property);
    return true;
  }
}
