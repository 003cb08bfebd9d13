/** How a value becomes something to look at: plain text, HTML, pictures. */
@NullMarked
package vethbook.kernel.display;

import org.jspecify.annotations.NullMarked;
