/**
 * Network packets: what their headers say, changed copies with right checksums, a list of them and
 * a file of them.
 *
 * <p>The decoder is our own. The one library on Maven Central that decodes packets without a native
 * capture library, pcap4j, weighs 2.9 MB with the JNA that it needs (Vethbook binds C by jnr-ffi
 * already), and its development has stood between a 1.8 line and a 2.0 alpha for years (its issue
 * 317). What is needed here, the eight headers that a lab meets, takes a few small records; it
 * never throws, whatever the bytes.
 */
@NullMarked
package vethbook.packet;

import org.jspecify.annotations.NullMarked;
