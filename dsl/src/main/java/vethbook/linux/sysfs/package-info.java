/** Device queues under {@code /sys/class/net}: receive packet steering. */
@NullMarked
package vethbook.linux.sysfs;

import org.jspecify.annotations.NullMarked;
