#!/bin/bash
# A Docker engine in namespaces of its own; see TestEngine.
# Usage: test-engine.sh DIRECTORY own|shared DAEMON-OPTION...
# Each line "start" on standard input starts the engine; the end of the input ends everything.
directory=$1 network=$2
shift 2

if [ "$network" != inside ]; then
  namespaces=(--mount --pid --fork --kill-child --mount-proc)
  [ "$network" = shared ] || namespaces+=(--net)
  unshare "${namespaces[@]}" -- bash "$0" "$directory" inside "$@"
  # A killed engine leaves the cgroups of its containers behind.
  find /sys/fs/cgroup -depth -type d -path "*/${directory##*/}*" -exec rmdir {} + 2>/dev/null
  rm -rf -- "$directory"
  exit
fi

# The first process of the namespaces: its end is the end of all others. What engines share by
# default (identity, sockets of containers' supervisors) is covered, so that they do not.
mkdir -p /etc/docker
mount -t tmpfs tmpfs /etc/docker
mount -t tmpfs tmpfs /run
# A network namespace of its own begins with a loopback that is down; a swarm listens there.
busybox ip link set lo up
while read -r command; do
  if [ "$command" = start ]; then
    rm -f /run/docker.pid
    dockerd "$@" < /dev/null &
  fi
done
