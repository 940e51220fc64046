"""What several benchmarks need: a small HTTPS client for one API server, and the server's own accounting in /proc."""
import http.client
import json
import os
import ssl
import threading
import urllib.parse

CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


class Failure(Exception):
    """An answer that the benchmark did not expect."""


class Server:
    """One API server. Every thread gets a connection of its own, kept open between requests."""

    def __init__(self, url, token):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port, self.token = parts.hostname, parts.port or 443, token
        # The measured cluster is this machine's own and was made for the occasion.
        self.context = ssl.create_default_context()
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE
        self.local = threading.local()

    def connection(self):
        return http.client.HTTPSConnection(self.host, self.port, context=self.context, timeout=300)

    def headers(self, content_type=None):
        headers = {"Authorization": "Bearer " + self.token, "Accept": "application/json"}
        if content_type:
            headers["Content-Type"] = content_type
        return headers

    def send(self, method, path, body=None, content_type="application/json"):
        """Returns status and body. A connection the server closed between two requests is opened once more."""
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
        for attempt in (1, 2):
            kept = getattr(self.local, "connection", None)
            if kept is None:
                kept = self.local.connection = self.connection()
            try:
                kept.request(method, path, body, self.headers(content_type if body is not None else None))
                answer = kept.getresponse()
                return answer.status, answer.read()
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                kept.close()
                self.local.connection = None
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def call(self, method, path, body=None, content_type="application/json", allowed=()):
        """The parsed answer; a Failure unless the status is a success or one of those allowed."""
        status, data = self.send(method, path, body, content_type)
        if status >= 300 and status not in allowed:
            raise Failure(f"{method} {path}: {status} {data[:300].decode(errors='replace')}")
        return json.loads(data)

    def make_namespace(self, name):
        """Makes a namespace with the service account that its pods need, unless its controller was quicker."""
        self.call("POST", "/api/v1/namespaces",
                  {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}, allowed=(409,))
        self.call("POST", f"/api/v1/namespaces/{name}/serviceaccounts",
                  {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}}, allowed=(409,))


class Process:
    """CPU seconds and memory of one process, of all its threads."""

    def __init__(self, pid):
        self.pid = pid

    def cpu_seconds(self):
        with open(f"/proc/{self.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS

    def rss_mib(self):
        with open(f"/proc/{self.pid}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")
