/**
 * The only code that makes system calls or writes sysfs and sysctls; it knows nothing of labs,
 * experiments or Groovy.
 */
@NullMarked
package vethbook.linux;

import org.jspecify.annotations.NullMarked;
