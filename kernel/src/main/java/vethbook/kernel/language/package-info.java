/** The languages that cells are written in, behind one interface. */
@NullMarked
package vethbook.kernel.language;

import org.jspecify.annotations.NullMarked;
