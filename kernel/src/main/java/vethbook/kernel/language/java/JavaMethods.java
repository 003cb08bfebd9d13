package vethbook.kernel.language.java;

import groovy.lang.Closure;
import groovy.lang.MetaMethod;
import groovy.lang.MissingMethodException;
import java.util.Collection;
import java.util.function.Supplier;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.language.groovy.GroovyLanguage;

/** Methods of one name that Java cells have declared, as a function of Groovy cells. */
public final class JavaMethods extends Closure<Object> implements GroovyLanguage.Hidden {
  private static final long serialVersionUID = 1;

  private final String name;
  private final transient Supplier<? extends Collection<Class<?>>> owners;

  /**
   * @param owners the classes that hold them now: each overload has its own
   */
  JavaMethods(String name, Supplier<? extends Collection<Class<?>>> owners) {
    super(owners, owners);
    this.name = name;
    this.owners = owners;
  }

  public @Nullable Object doCall(Object... arguments) {
    for (Class<?> owner : owners.get()) {
      MetaMethod method = InvokerHelper.getMetaClass(owner).getMetaMethod(name, arguments);
      if (method != null) {
        return method.doMethodInvoke(owner, arguments);
      }
    }
    throw new MissingMethodException(name, Object.class, arguments);
  }
}
