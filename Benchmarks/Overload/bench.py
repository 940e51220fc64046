#!/usr/bin/env python3
"""Floods a server with clients that never back off, and measures what system traffic takes meanwhile.

The clients list and write as ordinary users, each over a connection of its own, and ask again as soon as they have an
answer, whatever it is. Nodes renew their leases and a scheduler its leadership, ten times a second each, and one quiet
user reads now and then. Standard library only: floods and server share the machine's processors; what is measured is
asked for by a process of its own.
"""
import argparse
import asyncio
import json
import multiprocessing
import os
import ssl
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from cluster import Process, Server, percentile  # noqa: E402

SYSTEM_SECONDS_P99 = 1.0
MEBIBYTES_GROWTH = 512
FLOOD_PROCESSES = 2
LEASES = "/apis/coordination.k8s.io/v1/namespaces/{}/leases"
MAPS = "/api/v1/namespaces/flood/configmaps"

options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
options.add_argument("--server", required=True)
options.add_argument("--token", required=True, help="of an administrator, who acts as everybody")
options.add_argument("--pid", type=int, required=True, help="the server's process")
options.add_argument("--clients", type=int, default=2000)
options.add_argument("--users", type=int, default=20, help="whom the clients belong to, in equal parts")
options.add_argument("--nodes", type=int, default=10)
options.add_argument("--objects", type=int, default=1000, help="objects in the list that clients ask for")
options.add_argument("--seconds", type=float, default=30)
options.add_argument("--json", action="store_true", help="figures as JSON on standard output")
options = options.parse_args()
server, process = Server(options.server, options.token), Process(options.pid)


class Connection:
    """One HTTP/1.1 connection that is opened again when the server closes it."""

    def __init__(self, user, group):
        self.fields = (f"Host: {server.host}\r\nAuthorization: Bearer {options.token}\r\n"
                       f"Impersonate-User: {user}\r\nImpersonate-Group: {group}\r\n"
                       "Impersonate-Group: system:authenticated\r\nContent-Type: application/json\r\n")
        self.reader, self.writer = None, None

    async def request(self, method, path, body=None):
        """Status, and whether the answer says when to come again; status 0 when there is no answer."""
        try:
            if self.writer is None:
                self.reader, self.writer = await asyncio.open_connection(
                    server.host, server.port, ssl=server.context, ssl_handshake_timeout=120, limit=1 << 20)
            data = json.dumps(body).encode() if body is not None else b""
            self.writer.write(
                f"{method} {path} HTTP/1.1\r\n{self.fields}Content-Length: {len(data)}\r\n\r\n".encode() + data)
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
            if "content-length:" in head:
                await self.reader.readexactly(int(head.split("content-length:")[1].split("\r\n")[0]))
            else:
                while (size := int(await self.reader.readuntil(b"\r\n"), 16)) > 0:
                    await self.reader.readexactly(size + 2)
                await self.reader.readexactly(2)
            return int(head.split(" ", 2)[1]), "\r\nretry-after:" in head
        except (OSError, asyncio.IncompleteReadError, ssl.SSLError):
            if self.writer is not None:
                self.writer.close()
            self.writer = None
            return 0, False


def config_map(number):
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": f"map-{number % options.objects}"},
            "data": {"text": "x" * 256}}


def lease(name, turn):
    return {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": name},
            "spec": {"holderIdentity": name, "leaseDurationSeconds": 40, "leaseTransitions": turn}}


async def flood(number, end, statuses):
    connection = Connection(f"flood-{number % options.users}", "floods")
    while time.time() < end:
        if number % 4:
            status, retry = await connection.request("GET", MAPS)
        else:
            status, retry = await connection.request("PUT", f"{MAPS}/map-{number % options.objects}",
                                                     config_map(number))
        key = f"{status}" + (" with Retry-After" if retry else "")
        statuses[key] = statuses.get(key, 0) + 1


def flood_all(numbers, end, results):
    """One process of clients."""
    async def run():
        statuses = {}
        await asyncio.gather(*(flood(number, end, statuses) for number in numbers))
        return statuses
    results.put(asyncio.run(run()))


async def probe(user, group, end, figures, method, path, body, pause=0.1):
    """Asks again and again, at a steady pace, and notes how long answers take."""
    connection, turn = Connection(user, group), 0
    while time.time() < end:
        begin, turn = time.monotonic(), turn + 1
        status, _ = await connection.request(method, path, body(turn))
        figures.setdefault("200" if status == 200 else "failed" if status != 429 else "429", []).append(
            time.monotonic() - begin)
        await asyncio.sleep(pause)


async def measure(end):
    nodes, leader, quiet, peak = {}, {}, {}, 0.0

    async def watch_memory():
        nonlocal peak
        while time.time() < end:
            peak = max(peak, process.rss_mib())
            await asyncio.sleep(0.25)

    await asyncio.gather(
        watch_memory(),
        *(probe(f"system:node:node-{number}", "system:nodes", end, nodes, "PUT",
                f"{LEASES.format('kube-node-lease')}/node-{number}",
                lambda turn, number=number: lease(f"node-{number}", turn)) for number in range(options.nodes)),
        probe("system:kube-scheduler", "system:authenticated", end, leader, "PUT",
              f"{LEASES.format('kube-system')}/kube-scheduler", lambda turn: lease("kube-scheduler", turn)),
        probe("quiet", "floods", end, quiet, "GET", f"{MAPS}/map-0", lambda turn: None, pause=0.5))
    return nodes, leader, quiet, peak


server.make_namespace("flood")
for index in range(options.objects):
    server.call("POST", MAPS, config_map(index), allowed=(409,))
for index in range(options.nodes):
    server.call("POST", LEASES.format("kube-node-lease"), lease(f"node-{index}", 0), allowed=(409,))
server.call("POST", LEASES.format("kube-system"), lease("kube-scheduler", 0), allowed=(409,))
server.call("POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles", {
    "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "floods"},
    "rules": [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["*"]}]}, allowed=(409,))
server.call("POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", {
    "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "floods"},
    "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "floods"},
    "subjects": [{"kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": "floods"}]}, allowed=(409,))
before, cpu_before = process.rss_mib(), process.cpu_seconds()
results, end = multiprocessing.Queue(), time.time() + options.seconds
floods = [multiprocessing.Process(
    target=flood_all, args=(range(part, options.clients, FLOOD_PROCESSES), end, results))
    for part in range(FLOOD_PROCESSES)]
for each in floods:
    each.start()
nodes, leader, quiet, peak_memory = asyncio.run(measure(end))
answers = {}
for _ in floods:
    for status, count in results.get().items():
        answers[status] = answers.get(status, 0) + count
for each in floods:
    each.join()
levels = server.send("GET", "/debug/api_priority_and_fairness/dump_priority_levels")[1].decode()
figures = {
    "clients": options.clients, "users": options.users, "answers": dict(sorted(answers.items())),
    "answers_per_second": round(sum(answers.values()) / options.seconds),
    "server_cpu_seconds": round(process.cpu_seconds() - cpu_before, 1),
}
for name, probed in {"node_lease": nodes, "leader_lease": leader, "quiet_user": quiet}.items():
    taken = probed.get("200", [])
    figures |= {f"{name}_answers": len(taken), f"{name}_429": len(probed.get("429", [])),
                f"{name}_failures": len(probed.get("failed", [])),
                f"{name}_seconds_p50": round(percentile(taken, 0.5), 4),
                f"{name}_seconds_p99": round(percentile(taken, 0.99), 4),
                f"{name}_seconds_max": round(max(taken, default=0), 4)}
figures |= {"rss_mib_before": round(before), "rss_mib_peak": round(peak_memory),
            "rss_mib_after": round(process.rss_mib())}
if options.json:
    print(json.dumps(figures))
else:
    for name, value in figures.items():
        print(f"{name:26} {value}")
    print(levels)
bad = [name for name, is_bad in {
    **{f"{name}_seconds_p99": not figures[f"{name}_seconds_p99"] < SYSTEM_SECONDS_P99
       for name in ("node_lease", "leader_lease")},
    **{f"{name}_{kind}": figures[f"{name}_{kind}"] > 0
       for name in ("node_lease", "leader_lease") for kind in ("failures", "429")},
    "quiet_user_answers": figures["quiet_user_answers"] == 0,
    "answers": any(status not in ("200", "429 with Retry-After") for status in answers),
    "rss_mib_peak": peak_memory - before > MEBIBYTES_GROWTH}.items() if is_bad]
if bad:
    sys.exit(f"not within its limit: {', '.join(bad)}")
