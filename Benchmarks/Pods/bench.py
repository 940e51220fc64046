#!/usr/bin/env python3
"""Measures pods as a client sees them: created to Ready, deleted to gone, and what they cost gantry.

Pods of one sleeping container are created at a steady rate, watched, left idle, and deleted. The peer is Kubernetes 1.36
with the same containerd on the same kind of machine. Standard library only.
"""
import argparse
import json
import os
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from cluster import Failure, Process, Server, percentile  # noqa: E402

options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
options.add_argument("--server", required=True)
options.add_argument("--token", required=True)
options.add_argument("--pid", type=int, required=True, help="the process whose CPU and memory count")
options.add_argument("--image", default="gantry.local/busybox:1")
options.add_argument("--pods", type=int, default=100)
options.add_argument("--rate", type=float, default=5, help="pods a second")
options.add_argument("--idle", type=float, default=20, help="seconds of idling that are measured")
options.add_argument("--namespace", default="pods-bench")
options.add_argument("--json", action="store_true")
options = options.parse_args()

server, process = Server(options.server, options.token), Process(options.pid)
pods = f"/api/v1/namespaces/{options.namespace}/pods"
# Seconds at most, MiB, milliseconds of CPU, percent of a core: (what is asked for, what the peer was measured at).
GOALS = {
    "created to Ready, p50": (0.8, 1.17, "s"), "created to Ready, p99": (2.0, 2.55, "s"),
    "deleted to gone, p99": (1.5, 1.55, "s"), "CPU per pod started": (40, 137, "ms"),
    "idle with the pods": (4, 9.7, "% of a core"), "memory with the pods": (160, 646, "MiB"),
}


class Watch(threading.Thread):
    """Notes when each pod became Ready and when it was gone."""

    def __init__(self, version):
        super().__init__(daemon=True)
        self.changed, self.ready, self.gone = threading.Condition(), {}, {}
        self.connection = server.connection()
        self.connection.request("GET", f"{pods}?watch=true&resourceVersion={version}", None, server.headers())
        self.answer = self.connection.getresponse()

    def run(self):
        while line := self.answer.readline():
            now, event = time.monotonic(), json.loads(line)
            name = event["object"]["metadata"].get("name")
            conditions = event["object"].get("status", {}).get("conditions", [])
            with self.changed:
                if event["type"] == "DELETED":
                    self.gone.setdefault(name, now)
                elif any(item["type"] == "Ready" and item["status"] == "True" for item in conditions):
                    self.ready.setdefault(name, now)
                self.changed.notify_all()

    def wait(self, what, noted, limit):
        with self.changed:
            if not self.changed.wait_for(lambda: len(noted) >= options.pods, timeout=limit):
                raise Failure(f"{len(noted)} of {options.pods} pods {what} within {limit} s")


def paced(action):
    """action(name) for every pod at the chosen rate; returns when each was begun."""
    begun, start = {}, time.monotonic()
    for number in range(options.pods):
        # The rate is what is being measured at, so this one waits for a moment, not for an effect.
        time.sleep(max(0, start + number / options.rate - time.monotonic()))
        name = f"p{number:04d}"
        begun[name] = time.monotonic()
        action(name)
    return begun


def create(name):
    server.call("POST", pods, {
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name},
        "spec": {"terminationGracePeriodSeconds": 1, "containers": [{
            "name": "sleeper", "image": options.image, "imagePullPolicy": "IfNotPresent",
            "command": ["sh", "-c", "trap 'exit 0' TERM; sleep 100000 & wait"],
            "resources": {"requests": {"cpu": "1m", "memory": "1Mi"}}}]}})


def main():
    server.make_namespace(options.namespace)
    watch = Watch(server.call("GET", pods)["metadata"]["resourceVersion"])
    watch.start()
    before = process.cpu_seconds()
    created = paced(create)
    watch.wait("became Ready", watch.ready, 180)
    started = process.cpu_seconds()
    # The last pods' events and status writes are still part of starting them; idling begins when they are done.
    time.sleep(10)
    idle, begin = process.cpu_seconds(), time.monotonic()
    time.sleep(options.idle)
    idle_share = (process.cpu_seconds() - idle) / (time.monotonic() - begin) * 100
    memory = process.rss_mib()
    deleted = paced(lambda name: server.call("DELETE", f"{pods}/{name}"))
    watch.wait("were gone", watch.gone, 120)
    server.call("DELETE", f"/api/v1/namespaces/{options.namespace}")

    ready = [watch.ready[name] - created[name] for name in created]
    gone = [watch.gone[name] - deleted[name] for name in deleted]
    figures = {
        "created to Ready, p50": percentile(ready, 0.5), "created to Ready, p99": percentile(ready, 0.99),
        "deleted to gone, p99": percentile(gone, 0.99),
        "CPU per pod started": (started - before) / options.pods * 1000,
        "idle with the pods": idle_share, "memory with the pods": memory,
    }
    if options.json:
        json.dump({name: {"value": value, "goal": GOALS[name][0], "peer": GOALS[name][1], "unit": GOALS[name][2]}
                   for name, value in figures.items()}, sys.stdout, indent=1)
        print()
    else:
        print(f"{'':24s} {'here':>9s} {'asked':>9s} {'upstream':>9s}")
        for name, value in figures.items():
            goal, peer, unit = GOALS[name]
            print(f"{name:24s} {value:9.2f} {goal:9.2f} {peer:9.2f} {unit}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        sys.exit(f"bench: {failure}")
