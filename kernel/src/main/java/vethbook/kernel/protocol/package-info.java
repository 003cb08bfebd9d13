/** What is on the wire between a front end and the kernel: messages, signatures, ZeroMQ sockets. */
@NullMarked
package vethbook.kernel.protocol;

import org.jspecify.annotations.NullMarked;
