/** Netlink sockets, messages and attributes (man 7 netlink), whatever the family. */
@NullMarked
package vethbook.linux.netlink;

import org.jspecify.annotations.NullMarked;
