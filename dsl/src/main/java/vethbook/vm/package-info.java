/**
 * Runs scripts under another Linux, in a virtual machine, for features that the tested machine's
 * own Linux lacks.
 *
 * <p>QEMU emulates in software, since a machine that runs tests often has no usable {@code
 * /dev/kvm}: programs are about eight times slower there. The guest's root is this machine's own
 * file system, read by 9p and covered by a tmpfs, so that every installed program can be run and
 * nothing the guest writes is kept.
 */
@NullMarked
package vethbook.vm;

import org.jspecify.annotations.NullMarked;
