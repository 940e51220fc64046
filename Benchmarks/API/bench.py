#!/usr/bin/env python3
"""Loads one API server and prints what each kind of work cost it, beside kube-apiserver 1.36.2 with etcd 3.6.8.

The figure that counts is the server's own CPU time per operation: it does not depend on how fast the client is. The peer
was measured with the same objects and the same sequence, over HTTP/2, on two cores of the same kind. Standard library only.
"""
import argparse
import json
import multiprocessing
import os
import selectors
import socket
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from cluster import Failure, Process, Server, percentile  # noqa: E402

# Server CPU per operation of the peer, in microseconds.
PEER = {
    "create": 3516, "get": 967, "strategic patch": 6044, "server-side apply": 7585, "list of 10,000": 1_184_000,
    "page of 500": 63_000, "list by label": 37_000, "watch event": 74, "delete": 5316,
}
PEER_RSS_MIB = 1809
# What we allow ourselves: microseconds of server CPU per operation, and MiB. "alone" is an API server without loops;
# "together" is one with controllers, scheduler and node in its process, which pay for every pod that is made.
LIMITS = {
    "alone": {
        "create": 350, "get": 95, "strategic patch": 600, "server-side apply": 750, "list of 10,000": 115_000,
        "page of 500": 6000, "list by label": 3500, "watch event": 7, "delete": 530, "start": 60, "end": 200,
    },
    "together": {"create": 703, "end": 362},
}

options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
options.add_argument("--server", required=True)
options.add_argument("--token", required=True)
options.add_argument("--pid", type=int, required=True, help="the server's process")
options.add_argument("--objects", type=int, default=10_000)
options.add_argument("--clients", type=int, default=16)
options.add_argument("--watchers", type=int, default=500)
options.add_argument("--updates", type=int, default=200)
options.add_argument("--namespace", default="bench")
options.add_argument("--limits", choices=sorted(LIMITS), default="together", help="what runs in the server's process")
options.add_argument("--json", action="store_true", help="figures as JSON on standard output")
options = options.parse_args()

server, process = Server(options.server, options.token), Process(options.pid)
pods = f"/api/v1/namespaces/{options.namespace}/pods"
figures = []
limits = LIMITS[options.limits]
failures = []


def verdict(name, value):
    """Notes a figure above its limit, and says so; nothing where there is no limit."""
    limit = limits.get(name)
    if limit is None:
        return ""
    if value > limit:
        failures.append(f"{name}: {value:.1f} is above {limit:,}")
        return f"> {limit:,} FAIL"
    return f"<= {limit:,}"


def pod(number):
    """About 1.3 kB as written, 5 kB with defaults: two containers, probes, volumes, environment; no node takes it."""
    probe = {"httpGet": {"path": "/healthz", "port": 8080}}
    return {
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {
            "name": f"p{number:06d}",
            "labels": {"app": "bench", "shard": f"s{number % 50:02d}", "tier": "backend"},
            "annotations": {"example.com/owner": f"team-{number % 7}",
                            "example.com/note": "an annotation of the usual length, neither long nor short"},
        },
        "spec": {
            "nodeSelector": {"no-such": "node"}, "terminationGracePeriodSeconds": 0,
            "volumes": [{"name": "settings", "configMap": {"name": "settings"}}, {"name": "scratch", "emptyDir": {}}],
            "containers": [
                {"name": "main", "image": "registry.example/main:1", "args": ["--port=8080", "--log=info"],
                 "ports": [{"name": "http", "containerPort": 8080}],
                 "env": [{"name": "ONE", "value": "1"}, {"name": "TWO", "value": "2"},
                         {"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}],
                 "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"cpu": "500m", "memory": "256Mi"}},
                 "volumeMounts": [{"name": "settings", "mountPath": "/etc/settings"}, {"name": "scratch", "mountPath": "/tmp"}],
                 "readinessProbe": {**probe, "periodSeconds": 5}, "livenessProbe": probe},
                {"name": "beside", "image": "registry.example/beside:1",
                 "resources": {"requests": {"cpu": "10m", "memory": "32Mi"}}},
            ],
        },
    }


def report(name, operations, errors, seconds, latencies, cpu):
    per_operation = cpu / max(operations, 1) * 1e6
    figures.append({
        "name": name, "operations": operations, "errors": errors, "perSecond": operations / seconds,
        "p50Milliseconds": percentile(latencies, 0.5) * 1000 if latencies else None,
        "p99Milliseconds": percentile(latencies, 0.99) * 1000 if latencies else None,
        "serverMicroseconds": per_operation, "peerMicroseconds": PEER.get(name),
        "timesBetter": PEER[name] / per_operation if PEER.get(name) and per_operation else None,
        "rssMiB": process.rss_mib(), "limit": limits.get(name), "verdict": verdict(name, per_operation),
    })
    if not options.json:
        print_row(figures[-1])


def print_row(figure):
    def number(value, form):
        return format(value, form) if value is not None else "-"
    print(f"{figure['name']:20s} {figure['operations']:8d} {figure['errors']:6d} {figure['perSecond']:10.0f}"
          f" {number(figure['p50Milliseconds'], '9.2f'):>9s} {number(figure['p99Milliseconds'], '9.2f'):>9s}"
          f" {figure['serverMicroseconds']:12.1f} {number(figure['peerMicroseconds'], ',d'):>11s}"
          f" {number(figure['timesBetter'], '7.1f'):>7s} {figure['rssMiB']:9.1f}  {figure['verdict']}", flush=True)


def measure(name, count, clients, operation):
    """Runs operation(0) … operation(count - 1) on so many threads; an operation returns (status, body)."""
    latencies, errors, lock, numbers = [], [0], threading.Lock(), iter(range(count))

    def work():
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            begin = time.perf_counter()
            try:
                status, body = operation(number)
                problem = None if status < 300 else f"{status} {body[:300].decode(errors='replace')}"
            except OSError as error:
                problem = repr(error)
            taken = time.perf_counter() - begin
            with lock:
                latencies.append(taken)
                if problem:
                    errors[0] += 1
                    if errors[0] == 1:
                        print(f"{name}: {problem}", file=sys.stderr)

    cpu, begin = process.cpu_seconds(), time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report(name, count, errors[0], time.perf_counter() - begin, latencies, process.cpu_seconds() - cpu)


def watch_many(count, version, ready, expected, received):
    """Holds so many watches open in one process and counts the events that come, until all came or two minutes passed."""
    wanted, selector, tails, total = b'"MODIFIED"', selectors.DefaultSelector(), {}, 0
    for _ in range(count):
        stream = server.context.wrap_socket(socket.create_connection((server.host, server.port)), server_hostname=server.host)
        stream.sendall((f"GET {pods}?watch=true&resourceVersion={version} HTTP/1.1\r\nHost: {server.host}\r\n"
                        f"Authorization: Bearer {server.token}\r\nAccept: application/json\r\n\r\n").encode())
        selector.register(stream, selectors.EVENT_READ)
        tails[stream] = b""
    answered, deadline = set(), time.monotonic() + 120
    while total < expected * count and time.monotonic() < deadline:
        for key, _ in selector.select(timeout=1):
            stream = key.fileobj
            # What TLS has decrypted already makes no descriptor readable, so it is taken whole.
            data = stream.recv(1 << 20)
            while stream.pending():
                data += stream.recv(1 << 20)
            if not data:
                selector.unregister(stream)
                continue
            text = tails[stream] + data
            total += text.count(wanted)
            # An event's type may be cut in two between two reads; a whole one must not be counted twice.
            tails[stream] = text[-(len(wanted) - 1):]
            if stream not in answered:
                answered.add(stream)
                ready.release()
    received.put(total)


def fan_out():
    version = server.call("GET", pods + "?limit=1")["metadata"]["resourceVersion"]
    processes = min(4, options.watchers)
    shares = [options.watchers // processes + (index < options.watchers % processes) for index in range(processes)]
    ready, received = multiprocessing.Semaphore(0), multiprocessing.Queue()
    crowd = [multiprocessing.Process(target=watch_many, args=(share, version, ready, options.updates, received))
             for share in shares]
    for member in crowd:
        member.start()
    for _ in range(options.watchers):
        if not ready.acquire(timeout=60):
            raise Failure("not every watch was answered within a minute")
    cpu, begin = process.cpu_seconds(), time.perf_counter()
    for number in range(options.updates):
        server.call("PATCH", f"{pods}/p{number:06d}", {"metadata": {"labels": {"fan": f"f{number}"}}},
                    "application/merge-patch+json")
    total = sum(received.get() for _ in crowd)
    seconds = time.perf_counter() - begin
    report("watch event", total, options.updates * options.watchers - total, seconds, [], process.cpu_seconds() - cpu)
    for member in crowd:
        member.join()


def main():
    server.make_namespace(options.namespace)
    count = options.objects
    start = process.rss_mib()
    if not options.json:
        print(f"memory at the start {start:.0f} MiB {verdict('start', start)}")
        print(f"{'':20s} {'ops':>8s} {'errors':>6s} {'op/s':>10s} {'p50 ms':>9s} {'p99 ms':>9s} {'CPU µs/op':>12s}"
              f" {'upstream':>11s} {'times':>7s} {'RSS MiB':>9s}  limit")
    measure("create", count, options.clients, lambda number: server.send("POST", pods, pod(number)))
    measure("get", count, options.clients, lambda number: server.send("GET", f"{pods}/p{number * 7919 % count:06d}"))
    measure("strategic patch", count // 2, options.clients, lambda number: server.send(
        "PATCH", f"{pods}/p{number:06d}", {"metadata": {"labels": {"revision": f"r{number}"}}},
        "application/strategic-merge-patch+json"))
    measure("server-side apply", count // 5, options.clients, lambda number: server.send(
        "PATCH", f"{pods}/p{number:06d}?fieldManager=bench&force=true",
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": f"p{number:06d}", "labels": {"applied": f"a{number}"}}},
        "application/apply-patch+yaml"))
    measure("list of 10,000" if count == 10_000 else f"list of {count:,}", 20, 2, lambda _: server.send("GET", pods))
    measure("page of 500", 100, 4, lambda _: server.send("GET", pods + "?limit=500"))
    measure("list by label", 100, 4, lambda number: server.send("GET", f"{pods}?labelSelector=shard%3Ds{number % 50:02d}"))
    fan_out()
    measure("delete", count, options.clients, lambda number: server.send(
        "DELETE", f"{pods}/p{number:06d}?gracePeriodSeconds=0"))
    end = process.rss_mib()
    note = verdict("end", end)
    if options.json:
        json.dump({"figures": figures, "startRSSMiB": start, "rssMiB": end, "peerRSSMiB": PEER_RSS_MIB,
                   "failures": failures}, sys.stdout, indent=1)
        print()
    else:
        print(f"memory at the end {end:.0f} MiB {note} (upstream {PEER_RSS_MIB:,} MiB)")
        print("\n".join(["", "FAILED", *failures]) if failures else "all within their limits")
    return 1 if failures or any(figure["errors"] for figure in figures) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        sys.exit(f"bench: {failure}")
