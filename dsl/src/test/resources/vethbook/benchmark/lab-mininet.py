"""The lab of LabBenchmark through mininet: prints the milliseconds of the build and of the tear-down."""

import ipaddress
import sys
import time

from mininet.net import Mininet

n = int(sys.argv[1])
first = int(ipaddress.ip_address("10.0.0.0"))


def address(i, host):
    return str(ipaddress.ip_address(first + 4 * i + host))


start = time.monotonic()
net = Mininet(controller=None)
hub = net.addHost("hub", ip=None)
for i in range(n):
    leaf = net.addHost(f"h{i}", ip=None)
    net.addLink(
        leaf,
        hub,
        intfName1="eth0",
        intfName2=f"v{i}",
        params1={"ip": address(i, 2) + "/30"},
        params2={"ip": address(i, 1) + "/30"},
    )
    leaf.setDefaultRoute("via " + address(i, 1))
net.build()
built = time.monotonic()
if len(sys.argv) > 2:
    print(leaf.cmd("ip address; ip route; ping -c 1 -W 1 " + address(i, 1)), hub.cmd("ip address"), file=sys.stderr)
net.stop()
print((built - start) * 1e3, (time.monotonic() - built) * 1e3)
