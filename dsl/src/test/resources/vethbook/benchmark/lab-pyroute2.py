"""The lab of LabBenchmark through pyroute2: prints the milliseconds of the build and of the tear-down."""

import ipaddress
import sys
import time

from pyroute2 import NetNS, netns

n = int(sys.argv[1])
first = int(ipaddress.ip_address("10.0.0.0"))


def address(i, host):
    return str(ipaddress.ip_address(first + 4 * i + host))


def up(ns, name, ip):
    index = ns.link_lookup(ifname=name)[0]
    ns.addr("add", index=index, address=ip, prefixlen=30)
    ns.link("set", index=index, state="up")


start = time.monotonic()
hub = NetNS("vbb-hub")
hub.link("set", index=1, state="up")
for i in range(n):
    with NetNS(f"vbb-{i}") as leaf:
        hub.link("add", ifname=f"v{i}", kind="veth", peer={"ifname": "eth0", "net_ns_fd": f"vbb-{i}"})
        up(hub, f"v{i}", address(i, 1))
        leaf.link("set", index=1, state="up")
        up(leaf, "eth0", address(i, 2))
        leaf.route("add", dst="default", gateway=address(i, 1))
built = time.monotonic()
hub.close()
for name in ["vbb-hub"] + [f"vbb-{i}" for i in range(n)]:
    netns.remove(name)
print((built - start) * 1e3, (time.monotonic() - built) * 1e3)
