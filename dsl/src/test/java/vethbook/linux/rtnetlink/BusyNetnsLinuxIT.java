package vethbook.linux.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vethbook.linux.ExperimentException;
import vethbook.linux.netlink.NetlinkSocket;
import vethbook.linux.netlink.Request;
import vethbook.linux.netns.NetnsHandle;

/** Lists that change while they are read: Linux sends a long one in parts. */
class BusyNetnsLinuxIT {
  private static final int PAIRS = 60;
  private static final int LISTS = 400;
  private static final int FIRST = 2;
  private static final int LAST = 30_000;
  // linux/if_link.h, linux/veth.h
  private static final int NAME = 3;
  private static final int LINKINFO = 18;
  private static final int KIND = 1;
  private static final int DATA = 2;
  private static final int PEER = 1;

  private final NetnsHandle netns = NetnsHandle.create("busy");
  private final NetlinkSocket second = netns.call(() -> NetlinkSocket.open(NetlinkSocket.ROUTE));

  @BeforeEach
  void makeLinks() {
    IntStream.range(0, PAIRS).forEach(i -> pair(netns.links(), "a" + i, "b" + i));
  }

  @AfterEach
  void drop() {
    second.close();
    netns.close();
  }

  private void pair(Links links, String one, String other) {
    links.create(
        NewLink.veth(NewLink.of(one, "veth", netns.fd()), NewLink.of(other, "veth", netns.fd())));
  }

  @Test
  void aListIsOfOneMomentOrTheErrorSaysThatItKeptChanging() throws Exception {
    AtomicInteger changes = new AtomicInteger();
    Thread changer = new Thread(() -> change(changes), "changer");
    changer.start();
    int consistent = 0;
    int refused = 0;
    try {
      for (int i = 0; i < LISTS; i++) {
        try {
          check(netns.links().list());
          consistent++;
        } catch (ExperimentException e) {
          assertThat(e).hasMessageContaining("changed during each of 5 attempts");
          assertThat(e.next()).contains("try again");
          refused++;
        }
      }
    } finally {
      changer.interrupt();
      changer.join();
    }
    System.out.printf(
        "%d lists while %d pairs came or went: %d consistent, %d refused%n",
        LISTS, changes.get(), consistent, refused);
    assertThat(changes.get()).isGreaterThan(LISTS / 20);
    assertThat(consistent).isPositive();
    check(netns.links().list());
  }

  /** Both ends of a pair come and go in one moment; one is first in the list and one is last. */
  private void change(AtomicInteger changes) {
    Links links = new Links(second);
    links.delete(FIRST); // makes room
    while (!Thread.currentThread().isInterrupted()) {
      second.request(
          newLink(new Request("RTM_NEWLINK", 16, Request.ACK | Request.CREATE), "first", FIRST)
              .nested(
                  LINKINFO,
                  info ->
                      info.attribute(KIND, "veth")
                          .nested(DATA, data -> data.nested(PEER, p -> newLink(p, "last", LAST)))));
      links.delete(FIRST);
      changes.addAndGet(2);
    }
  }

  private static Request newLink(Request to, String name, int index) {
    return to.bytes(0, 0).int16(0).int32(index).int32(0).int32(0).attribute(NAME, name);
  }

  private static void check(List<Link> list) {
    Set<String> names = list.stream().map(Link::name).collect(Collectors.toSet());
    Set<Integer> indexes = list.stream().map(Link::index).collect(Collectors.toSet());
    assertThat(indexes).hasSameSizeAs(list);
    assertThat(names.contains("first")).isEqualTo(names.contains("last"));
    Set<String> rest = new HashSet<>(names);
    rest.removeAll(Set.of("lo", "first", "last"));
    assertThat(rest).hasSizeBetween(2 * PAIRS - 2, 2 * PAIRS);
  }
}
