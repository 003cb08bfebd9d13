// The lab of LabBenchmark built with as few system calls as rtnetlink allows: the limit to compare with.
//   lab N [same]     prints the milliseconds of the build and of the tear-down
// same: also does what Vethbook does besides: switches off IPv6 duplicate address detection and router solicitations,
// and asks for one queue, where Linux's own choice is one for each CPU, of which it then takes all but one out of use.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LO 1
#define LEAF_LINK 2      // index of eth0 in a leaf
#define HUB_LINK 10      // index of the first veth in the hub
#define LINKS_A_BATCH 200

typedef struct { int ns, socket; } Netns;

static char batch[1 << 18];
static int used, last;
static unsigned sequence;

static void die(const char *what) { perror(what); exit(1); }

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void *append(const void *data, int length) {
  void *at = batch + used;
  if (data) memcpy(at, data, length); else memset(at, 0, length);
  memset(batch + used + length, 0, NLMSG_ALIGN(length) - length);
  used += NLMSG_ALIGN(length);
  return at;
}

static void begin(int type, int flags, const void *fixed, int length) {
  last = used;
  struct nlmsghdr header = {.nlmsg_type = type, .nlmsg_flags = NLM_F_REQUEST | flags, .nlmsg_seq = ++sequence};
  append(&header, sizeof header);
  append(fixed, length);
}

static void end(void) { ((struct nlmsghdr *)(batch + last))->nlmsg_len = used - last; }

static void attribute(int type, const void *data, int length) {
  struct rtattr header = {.rta_type = type, .rta_len = RTA_LENGTH(length)};
  append(&header, sizeof header);
  append(data, length);
}

static int nest(int type) {
  int at = used;
  attribute(type, NULL, 0);
  return at;
}

static void unnest(int at) { ((struct rtattr *)(batch + at))->rta_len = used - at; }

// sends what is in the batch; only the last message is acknowledged, errors of all come back
static void flush(int socket) {
  char answer[16384];
  if (!used) return;
  ((struct nlmsghdr *)(batch + last))->nlmsg_flags |= NLM_F_ACK;
  if (send(socket, batch, used, 0) < 0) die("send");
  used = 0;
  for (;;) {
    int length = recv(socket, answer, sizeof answer, 0);
    if (length < 0) die("recv");
    for (struct nlmsghdr *m = (void *)answer; NLMSG_OK(m, length); m = NLMSG_NEXT(m, length)) {
      if (m->nlmsg_type != NLMSG_ERROR) continue;
      struct nlmsgerr *error = NLMSG_DATA(m);
      if (error->error) { errno = -error->error; die("rtnetlink"); }
      if (m->nlmsg_seq == sequence) return;
    }
  }
}

static void sysctl(const char *file) {
  int fd = open(file, O_WRONLY | O_CLOEXEC);
  if (fd < 0 || write(fd, "0\n", 2) != 2) die(file);
  close(fd);
}

static void up(int index) {
  struct ifinfomsg link = {.ifi_index = index, .ifi_flags = IFF_UP, .ifi_change = IFF_UP};
  begin(RTM_NEWLINK, 0, &link, sizeof link);
  end();
}

static Netns netns(int same) {
  if (unshare(CLONE_NEWNET)) die("unshare");
  Netns made = {open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC), socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0)};
  if (made.ns < 0 || made.socket < 0) die("netns");
  if (same) {
    sysctl("/proc/sys/net/ipv6/conf/default/accept_dad");
    sysctl("/proc/sys/net/ipv6/conf/default/router_solicitations");
  }
  return made;
}

static void queues(int count) {
  if (count == 0) return;
  attribute(IFLA_NUM_TX_QUEUES, &count, 4);
  attribute(IFLA_NUM_RX_QUEUES, &count, 4);
}

static void veth(int i, int hub, int leaf, int count) {
  char name[IFNAMSIZ];
  struct ifinfomsg here = {.ifi_index = HUB_LINK + i}, there = {.ifi_index = LEAF_LINK};
  begin(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &here, sizeof here);
  attribute(IFLA_IFNAME, name, sprintf(name, "v%d", i) + 1);
  attribute(IFLA_NET_NS_FD, &hub, 4);
  queues(count);
  int info = nest(IFLA_LINKINFO);
  attribute(IFLA_INFO_KIND, "veth", 5);
  int data = nest(IFLA_INFO_DATA), peer = nest(VETH_INFO_PEER);
  append(&there, sizeof there);
  attribute(IFLA_IFNAME, "eth0", 5);
  attribute(IFLA_NET_NS_FD, &leaf, 4);
  queues(count);
  unnest(peer);
  unnest(data);
  unnest(info);
  end();
}

static void address(int index, unsigned ip) {
  struct ifaddrmsg fixed = {.ifa_family = AF_INET, .ifa_prefixlen = 30, .ifa_index = index};
  unsigned net = htonl(ip);
  begin(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, &fixed, sizeof fixed);
  attribute(IFA_LOCAL, &net, 4);
  attribute(IFA_ADDRESS, &net, 4);
  end();
}

static void gateway(unsigned ip) {
  struct rtmsg fixed = {.rtm_family = AF_INET, .rtm_table = RT_TABLE_MAIN, .rtm_protocol = RTPROT_BOOT,
                        .rtm_scope = RT_SCOPE_UNIVERSE, .rtm_type = RTN_UNICAST};
  unsigned net = htonl(ip);
  begin(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, &fixed, sizeof fixed);
  attribute(RTA_GATEWAY, &net, 4);
  end();
}

int main(int count, char **arguments) {
  int n = count > 1 ? atoi(arguments[1]) : 0, same = count > 2;
  if (n < 1) { fprintf(stderr, "usage: lab N [same]\n"); return 2; }
  Netns *leaves = calloc(n, sizeof *leaves);
  double start = now();
  Netns hub = netns(same);
  for (int i = 0; i < n; i++) leaves[i] = netns(same);
  up(LO);
  for (int i = 0; i < n; i++) {
    veth(i, hub.ns, leaves[i].ns, same);
    address(HUB_LINK + i, 0x0a000001 + 4 * i);
    up(HUB_LINK + i);
    if (i % LINKS_A_BATCH == LINKS_A_BATCH - 1 || i == n - 1) flush(hub.socket);
  }
  for (int i = 0; i < n; i++) {
    up(LO);
    address(LEAF_LINK, 0x0a000002 + 4 * i);
    up(LEAF_LINK);
    gateway(0x0a000001 + 4 * i);
    flush(leaves[i].socket);
  }
  double built = now();
  // this thread is still in the last leaf, and leaves it when the process ends
  for (int i = 0; i < n; i++) {
    close(leaves[i].socket);
    close(leaves[i].ns);
  }
  close(hub.socket);
  close(hub.ns);
  printf("%.3f %.3f\n", built - start, now() - built);
  return 0;
}
