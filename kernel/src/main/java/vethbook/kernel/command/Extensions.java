package vethbook.kernel.command;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import vethbook.extension.Extension;

/** The DSLs on the class path. All are used; the first one's script class is what cells extend. */
public final class Extensions {
  private Extensions() {}

  public static List<Extension> all() {
    List<Extension> found = new ArrayList<>();
    ServiceLoader.load(Extension.class).forEach(found::add);
    return found;
  }
}
