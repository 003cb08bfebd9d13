/** Live sockets, asked of Linux by netlink: what {@code ss -ti} shows (man 7 sock_diag). */
@NullMarked
package vethbook.linux.sockdiag;

import org.jspecify.annotations.NullMarked;
