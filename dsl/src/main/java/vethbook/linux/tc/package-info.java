/** Queueing disciplines, what holds packets before a device sends them: man 8 tc, by rtnetlink. */
@NullMarked
package vethbook.linux.tc;

import org.jspecify.annotations.NullMarked;
