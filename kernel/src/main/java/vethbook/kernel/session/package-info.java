/** What happens when a message comes in, and the engine that runs cells with or without Jupyter. */
@NullMarked
package vethbook.kernel.session;

import org.jspecify.annotations.NullMarked;
