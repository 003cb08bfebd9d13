/** Network namespaces held by file descriptors, and the threads that work inside them. */
@NullMarked
package vethbook.linux.netns;

import org.jspecify.annotations.NullMarked;
