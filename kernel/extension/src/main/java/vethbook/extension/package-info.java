/**
 * What a DSL gives the kernel, and what the kernel gives a DSL: all that the two know of each
 * other.
 *
 * <p>The kernel finds an {@link vethbook.extension.Extension} with {@link java.util.ServiceLoader}
 * and knows nothing of what its words mean; a DSL imports this package and nothing of the kernel.
 * This is a module of its own, without dependencies, so that Maven enforces both.
 */
@NullMarked
package vethbook.extension;

import org.jspecify.annotations.NullMarked;
