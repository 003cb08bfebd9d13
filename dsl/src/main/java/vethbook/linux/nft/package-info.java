/** Packet filter and address translation through the program nft (man 8 nft). */
@NullMarked
package vethbook.linux.nft;

import org.jspecify.annotations.NullMarked;
