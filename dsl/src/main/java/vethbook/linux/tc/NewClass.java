package vethbook.linux.tc;

import java.util.function.Consumer;
import vethbook.linux.netlink.Request;

/**
 * A class of a qdisc, to be made: {@code tc class add}.
 *
 * @param handle its number, {@code 0x00010010} for {@code 1:10}
 * @param parent the class or qdisc that it belongs to
 * @param kind of the qdisc
 * @param options in the words of {@code tc}
 * @param write writes the same (TCA_OPTIONS)
 */
public record NewClass(
    int handle, int parent, String kind, String options, Consumer<Request> write) {}
