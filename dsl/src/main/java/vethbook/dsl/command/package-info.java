/** Subcommands of {@code vethbook} that know of labs: ps, enter, clean, doctor. */
@NullMarked
package vethbook.dsl.command;

import org.jspecify.annotations.NullMarked;
