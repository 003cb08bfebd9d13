#!/bin/bash
# The lab of LabBenchmark with 'ip -batch': prints the milliseconds of the build and of the tear-down.
# A batch works in one namespace, so each leaf takes a process of its own.
set -euo pipefail
n=$1
address() { echo "10.$(($1 * 4 >> 16 & 255)).$(($1 * 4 >> 8 & 255)).$(($1 * 4 & 255 | $2))"; }
milliseconds() { local now=$EPOCHREALTIME; echo "${now/./}" | sed 's/...$/.&/'; }

add='netns add vbb-hub'$'\n' wire='link set dev lo up'$'\n' delete='netns del vbb-hub'$'\n'
for ((i = 0; i < n; i++)); do
  add+="netns add vbb-$i"$'\n'
  delete+="netns del vbb-$i"$'\n'
  wire+="link add name v$i type veth peer name eth0 netns vbb-$i
address add $(address $i 1)/30 dev v$i
link set dev v$i up
"
  leaf[i]="link set dev lo up
address add $(address $i 2)/30 dev eth0
link set dev eth0 up
route add default via $(address $i 1)"
done

start=$(milliseconds)
ip -batch - <<<"$add"
ip -n vbb-hub -batch - <<<"$wire"
for ((i = 0; i < n; i++)); do ip -n vbb-$i -batch - <<<"${leaf[i]}"; done
built=$(milliseconds)
ip -batch - <<<"$delete"
end=$(milliseconds)
awk "BEGIN { print $built - $start, $end - $built }"
