#!/bin/bash
# The lab of LabBenchmark with one 'ip' a step: prints the milliseconds of the build and of the tear-down.
set -euo pipefail
n=$1
milliseconds() { local now=$EPOCHREALTIME; echo "${now/./}" | sed 's/...$/.&/'; }
for ((i = 0; i < n; i++)); do
  net="10.$((i * 4 >> 16 & 255)).$((i * 4 >> 8 & 255))"
  hub[i]=$net.$((i * 4 & 255 | 1))
  leaf[i]=$net.$((i * 4 & 255 | 2))
done

start=$(milliseconds)
ip netns add vbb-hub
ip -n vbb-hub link set dev lo up
for ((i = 0; i < n; i++)); do
  ip netns add vbb-$i
  ip -n vbb-$i link set dev lo up
  ip -n vbb-hub link add name v$i type veth peer name eth0 netns vbb-$i
  ip -n vbb-hub address add "${hub[i]}/30" dev v$i
  ip -n vbb-hub link set dev v$i up
  ip -n vbb-$i address add "${leaf[i]}/30" dev eth0
  ip -n vbb-$i link set dev eth0 up
  ip -n vbb-$i route add default via "${hub[i]}"
done
built=$(milliseconds)
ip netns del vbb-hub
for ((i = 0; i < n; i++)); do ip netns del vbb-$i; done
end=$(milliseconds)
awk "BEGIN { print $built - $start, $end - $built }"
