#!/usr/bin/env python3
"""Lists a large collection of small objects: once a second for a while, then by many clients at the same time.

The first trial is about latency, the second about the memory that the server takes while all of them are being answered.
Standard library only.
"""
import argparse
import json
import os
import selectors
import socket
import ssl
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from cluster import Failure, Process, Server, percentile  # noqa: E402

SECONDS_P99 = 0.65
# What so many answers under way may add to the server's memory: a few pieces of the list each, never the list.
MEBIBYTES_PER_LIST = 2

options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
options.add_argument("--server", required=True)
options.add_argument("--token", required=True)
options.add_argument("--pid", type=int, required=True, help="the server's process")
options.add_argument("--path", default="/api/v1/namespaces/many/configmaps")
options.add_argument("--objects", type=int, default=300_000, help="how many there must be")
options.add_argument("--rounds", type=int, default=30, help="lists of the first trial")
options.add_argument("--clients", type=int, default=200, help="lists at once in the second")
options.add_argument("--json", action="store_true", help="figures as JSON on standard output")
options = options.parse_args()

server, process = Server(options.server, options.token), Process(options.pid)
request = (f"GET {options.path} HTTP/1.1\r\nHost: {server.host}\r\nAuthorization: Bearer {server.token}\r\n"
           "Accept: application/json\r\nConnection: close\r\n\r\n").encode()


def connect():
    return server.context.wrap_socket(
        socket.create_connection((server.host, server.port), timeout=300), server_hostname=server.host)


def list_once():
    """Reads one list to its end, over a connection that was open before; seconds from request to last byte, and bytes."""
    with connect() as stream:
        begin, total, buffer = time.perf_counter(), 0, bytearray(1 << 20)
        stream.sendall(request)
        while count := stream.recv_into(buffer):
            total += count
        return time.perf_counter() - begin, total


def check_count():
    page = server.call("GET", options.path + "?limit=1")
    count = 1 + page["metadata"].get("remainingItemCount", 0)
    if count != options.objects:
        raise Failure(f"{count} objects are there, not {options.objects}")


def once_a_second():
    taken, size, cpu = [], 0, process.cpu_seconds()
    next_start = time.monotonic()
    for _ in range(options.rounds):
        time.sleep(max(0, next_start - time.monotonic()))
        next_start += 1
        seconds, size = list_once()
        taken.append(seconds)
    return {"bytes": size, "p50Seconds": percentile(taken, 0.5), "p99Seconds": percentile(taken, 0.99),
            "serverMilliseconds": (process.cpu_seconds() - cpu) / options.rounds * 1000, "limitSeconds": SECONDS_P99}


def all_at_once(size):
    before, begin, cpu = process.rss_mib(), time.perf_counter(), process.cpu_seconds()
    selector, buffer, total, peak, open_streams = selectors.DefaultSelector(), bytearray(1 << 18), 0, before, 0
    for _ in range(options.clients):
        stream = connect()
        stream.sendall(request)
        stream.setblocking(False)
        selector.register(stream, selectors.EVENT_READ)
        open_streams += 1
    rounds = 0
    while open_streams:
        rounds += 1
        if rounds % 50 == 0:
            peak = max(peak, process.rss_mib())
        for key, _ in selector.select(timeout=60):
            try:
                # One piece each in turn, so that all are under way until the end.
                count = key.fileobj.recv_into(buffer)
                while count and key.fileobj.pending():
                    total += count
                    count = key.fileobj.recv_into(buffer)
                total += count
            except (BlockingIOError, ssl.SSLWantReadError):
                continue
            if not count:
                selector.unregister(key.fileobj)
                key.fileobj.close()
                open_streams -= 1
    if total < size * options.clients:
        raise Failure(f"{total} bytes came, {size * options.clients} were expected")
    return {"lists": options.clients, "seconds": time.perf_counter() - begin, "rssBeforeMiB": before,
            "rssPeakMiB": peak, "limitMiB": before + options.clients * MEBIBYTES_PER_LIST,
            "serverMilliseconds": (process.cpu_seconds() - cpu) / options.clients * 1000}


def main():
    check_count()
    list_once()
    single = once_a_second()
    many = all_at_once(single["bytes"])
    single["holds"] = single["p99Seconds"] <= single["limitSeconds"]
    many["holds"] = many["rssPeakMiB"] <= many["limitMiB"]
    if options.json:
        json.dump({"onceASecond": single, "atOnce": many}, sys.stdout, indent=1)
        print()
    else:
        def mark(figure):
            return "pass" if figure["holds"] else "FAIL"
        print(f"{options.objects:,} objects, {single['bytes'] / 1e6:.0f} MB: p50 {single['p50Seconds']:.3f} s, "
              f"p99 {single['p99Seconds']:.3f} s (at most {SECONDS_P99}: {mark(single)}), "
              f"server CPU {single['serverMilliseconds']:.0f} ms a list")
        print(f"{many['lists']} lists at once: {many['seconds']:.0f} s, memory {many['rssBeforeMiB']:.0f} MiB before, "
              f"at most {many['rssPeakMiB']:.0f} MiB (limit {many['limitMiB']:.0f}: {mark(many)}), "
              f"server CPU {many['serverMilliseconds']:.0f} ms a list")
    return 0 if single["holds"] and many["holds"] else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        sys.exit(f"bench: {failure}")
