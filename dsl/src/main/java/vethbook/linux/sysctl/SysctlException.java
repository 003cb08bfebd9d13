package vethbook.linux.sysctl;

import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;

/** A kernel parameter could not be read or written. */
public final class SysctlException extends ExperimentException {
  private final String key;

  SysctlException(
      String operation,
      String key,
      @Nullable String answer,
      @Nullable String next,
      @Nullable Throwable cause) {
    super(operation, "linux", answer, next, cause);
    this.key = key;
  }

  /** The key as given, such as {@code net.ipv4.ip_forward}. */
  public String key() {
    return key;
  }
}
