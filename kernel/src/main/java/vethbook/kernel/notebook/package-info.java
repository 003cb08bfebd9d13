/**
 * Notebook files: reading and writing them, running them without a browser, parameters, reports.
 *
 * <p>A notebook is kept as the JSON tree it was read as, so that what this program does not know
 * survives; it is written in Jupyter's own layout, so that a code host shows small differences.
 */
@NullMarked
package vethbook.kernel.notebook;

import org.jspecify.annotations.NullMarked;
