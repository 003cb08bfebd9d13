/**
 * What a notebook can be given from outside: parameters with a type, a default, a range and a help
 * text, declared by the word {@code parameters} or by a cell tagged so, and the values given to
 * them, also by papermill.
 *
 * <p>Declarations are read without running the notebook, so that a wrong value is told before
 * anything is measured; this is why only literals can be given from outside.
 */
@NullMarked
package vethbook.kernel.parameter;

import org.jspecify.annotations.NullMarked;
