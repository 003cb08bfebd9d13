/**
 * What a notebook owns: a lab of network namespaces and devices, and the changes that made it.
 *
 * <p>Everything a word does to the system is a {@link vethbook.lab.Change}, which can undo itself
 * and show itself as a command. Words converge: each first looks at what Linux has and changes only
 * what differs, so that a cell may run twice.
 */
@NullMarked
package vethbook.lab;

import org.jspecify.annotations.NullMarked;
