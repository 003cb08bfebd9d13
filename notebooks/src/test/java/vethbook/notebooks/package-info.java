/** Runs the notebooks as their readers do: in batch, through Jupyter, and under another Linux. */
@NullMarked
package vethbook.notebooks;

import org.jspecify.annotations.NullMarked;
