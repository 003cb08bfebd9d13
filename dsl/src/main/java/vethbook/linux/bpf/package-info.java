/**
 * BPF programs that redirect packets: assembled here, loaded by bpf(2), attached to the ingress of
 * a device (clsact) or to a netkit pair. No compiler, no pinned file: what is attached ends with
 * its device.
 */
@NullMarked
package vethbook.linux.bpf;

import org.jspecify.annotations.NullMarked;
