/** Child processes: inside a namespace, pinned, and gone when this process is gone. */
@NullMarked
package vethbook.linux.process;

import org.jspecify.annotations.NullMarked;
