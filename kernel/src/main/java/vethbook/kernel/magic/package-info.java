/**
 * Commands of the notebook that belong to none of its languages: {@code %name} on a line of its
 * own, {@code %%name} over a whole cell.
 */
@NullMarked
package vethbook.kernel.magic;

import org.jspecify.annotations.NullMarked;
