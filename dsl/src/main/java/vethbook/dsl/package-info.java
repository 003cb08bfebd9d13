/**
 * The words that a cell can say, and their units.
 *
 * <p>{@link vethbook.dsl.LabScript} is the class that each cell extends. Words act when their line
 * runs; only {@code experiment} keeps closures for later. Each word declares its named options with
 * {@code @NamedParam}, which completion, help and the check for misspelt ones all read.
 */
@NullMarked
package vethbook.dsl;

import org.jspecify.annotations.NullMarked;
