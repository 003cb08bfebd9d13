/** The command line: what {@code vethbook} can be told besides what an extension adds. */
@NullMarked
package vethbook.kernel.command;

import org.jspecify.annotations.NullMarked;
