package vethbook.linux.sysfs;

import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;

/** A device attribute under {@code /sys} could not be read or written. */
public final class SysfsException extends ExperimentException {
  SysfsException(String operation, String answer, @Nullable String next, Throwable cause) {
    super(operation, "linux", answer, next, cause);
  }
}
