/** Programs at the other end of TUN and TAP devices: what a block says, and a relay of two. */
@NullMarked
package vethbook.tun;

import org.jspecify.annotations.NullMarked;
