package vethbook.vm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of something that not every Linux has: skipped, with the reason, where it is missing, and
 * run by {@link OtherLinuxIT} in a virtual machine that has it.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag(NeedsLinux.TAG)
@ExtendWith(NeedsLinuxCondition.class)
public @interface NeedsLinux {
  String TAG = "other-linux";

  /** Names that {@code vethbook.dsl.Features} knows. */
  String[] value();
}
