/** TUN and TAP devices: network devices whose other end is a file descriptor. */
@NullMarked
package vethbook.linux.tun;

import org.jspecify.annotations.NullMarked;
