/** Kernel parameters under {@code /proc/sys}, of a namespace or of the machine. */
@NullMarked
package vethbook.linux.sysctl;

import org.jspecify.annotations.NullMarked;
