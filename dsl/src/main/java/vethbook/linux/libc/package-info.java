/** The few functions of the C library that Java lacks, bound through jnr-ffi. */
@NullMarked
package vethbook.linux.libc;

import org.jspecify.annotations.NullMarked;
