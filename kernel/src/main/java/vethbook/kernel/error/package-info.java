/** What the kernel says to a person who asked for something that cannot be. */
@NullMarked
package vethbook.kernel.error;

import org.jspecify.annotations.NullMarked;
