"""Runs kopf_operator.py with `kopf run` and looks at what it does to a cluster."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request

from kubernetes import client, config
from kubernetes.client.rest import ApiException

from checks import check, equal, eventually, run_all, true

NAMESPACE = "kopf-client"
GROUP, VERSION, PLURAL = "kopf.example.com", "v1", "boats"
PLACE = (GROUP, VERSION, NAMESPACE, PLURAL)

config.load_kube_config()
core = client.CoreV1Api()
custom = client.CustomObjectsApi()
extensions = client.ApiextensionsV1Api()
hooks = client.AdmissionregistrationV1Api()
folder = pathlib.Path(__file__).parent
operators = []
secrets = tempfile.TemporaryDirectory()
# kopf would make a certificate itself, with a package that does not know newer versions of OpenSSL.
subprocess.run(
    ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=boats", "-days", "2", "-addext",
     "subjectAltName=IP:127.0.0.1", "-keyout", f"{secrets.name}/key", "-out", f"{secrets.name}/cert"],
    check=True, capture_output=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Operator:
    """A running operator; what it says goes to a file, which is shown when it does not come up."""

    def __init__(self, *arguments):
        self.health = f"http://127.0.0.1:{free_port()}/healthz"
        self.log = tempfile.NamedTemporaryFile("w+", suffix=".log")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kopf", "run", "--namespace", NAMESPACE, "--liveness", self.health, "--verbose",
             *arguments, str(folder / "kopf_operator.py")],
            stdout=self.log, stderr=subprocess.STDOUT, env=os.environ | {
                "HOOK_PORT": str(free_port()), "HOOK_CERTIFICATE": f"{secrets.name}/cert", "HOOK_KEY": f"{secrets.name}/key"})
        operators.append(self)

    def probe(self):
        try:
            with urllib.request.urlopen(self.health, timeout=5) as answer:
                return json.load(answer)
        except OSError:
            true(self.process.poll() is None, f"the operator has ended: {self.text()[-2000:]}")
            return None

    def text(self):
        return pathlib.Path(self.log.name).read_text()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def define(group, plural, kind, scope, versions=("v1",)):
    free = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    extensions.create_custom_resource_definition({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.{group}"},
        "spec": {"group": group, "scope": scope, "names": {"plural": plural, "kind": kind}, "versions": [
            {"name": version, "served": True, "storage": version == versions[0],
             "schema": {"openAPIV3Schema": {"type": "object", "properties": {"spec": free, "status": free}}}}
            for version in versions]}})


def boat(name, **spec):
    return custom.create_namespaced_custom_object(*PLACE, {
        "apiVersion": f"{GROUP}/{VERSION}", "kind": "Boat", "metadata": {"name": name}, "spec": spec})


def read(name):
    return custom.get_namespaced_custom_object(*PLACE, name)


def status(name):
    return read(name).get("status", {})


def exists(name):
    try:
        return core.read_namespaced_config_map(name, NAMESPACE)
    except ApiException as error:
        equal(error.status, 404)
        return None


@check("an operator starts, with peering and managed webhooks", needed=True)
def starts():
    core.create_namespace({"metadata": {"name": NAMESPACE}})
    define("kopf.dev", "kopfpeerings", "KopfPeering", "Namespaced")
    define("kopf.dev", "clusterkopfpeerings", "ClusterKopfPeering", "Cluster")
    define(GROUP, PLURAL, "Boat", "Namespaced")
    custom.create_namespaced_custom_object("kopf.dev", "v1", NAMESPACE, "kopfpeerings", {
        "apiVersion": "kopf.dev/v1", "kind": "KopfPeering", "metadata": {"name": "boats"}})
    operator = Operator()
    true(eventually(operator.probe, "the operator answers its probe")["threads"] > 0, "the probe has a value")

    def registered():
        names = [item.metadata.name for item in hooks.list_mutating_webhook_configuration().items]
        return "boats.kopf.example.com" in names
    eventually(registered, "the webhooks are registered")

    def peers():
        peering = custom.get_namespaced_custom_object("kopf.dev", "v1", NAMESPACE, "kopfpeerings", "boats")
        return peering.get("status")
    eventually(peers, "the operator is in the peering")


@check("the creation handlers run: result in the status, adopted child, finalizer")
def creates():
    made = boat("anna", size=3, colour="red")
    true(made["metadata"]["uid"], "the boat is made")
    equal(eventually(lambda: status("anna").get("create"), "the result"), {"made": "anna"})
    equal(exists("anna").metadata.owner_references[0].uid, made["metadata"]["uid"])
    equal(read("anna")["metadata"]["finalizers"], ["kopf.zalando.org/KopfFinalizerMarker"])


@check("a handler that fails is tried again, one that fails for good is not")
def retries():
    equal(eventually(lambda: status("anna").get("patient"), "the third attempt"), 2)
    boat("doomed", size=1, colour="black", doomed=True)
    eventually(lambda: "patient" in status("doomed"), "the other handlers")
    true("doomed" not in status("doomed"), "a failed handler has no result")

    def told():
        events = core.list_namespaced_event(NAMESPACE, field_selector="involvedObject.name=doomed").items
        return [event for event in events if event.type != "Normal" and "never" in event.message]
    eventually(told, "an Event tells of it")


@check("an update and a change of a field are handled")
def updates():
    eventually(lambda: "kopf.zalando.org/last-handled-configuration" in (read("anna")["metadata"].get("annotations") or {}),
               "the creation is done")
    custom.patch_namespaced_custom_object(*PLACE, "anna", {"spec": {"size": 5}})
    equal(eventually(lambda: status("anna").get("update"), "the update"), {"changed": ["spec.size"]})
    eventually(lambda: exists("anna").data["size"] == "5", "the child follows")


@check("events of built-in kinds are heard")
def events():
    core.create_namespaced_config_map(NAMESPACE, {"metadata": {"name": "heard", "labels": {"boat-event": "new"}}})
    eventually(lambda: exists("heard").metadata.labels["boat-event"] == "seen", "the event")


@check("timers, daemons and indices")
def background():
    eventually(lambda: status("anna").get("ticks") == 3, "three ticks")
    eventually(lambda: exists("anna-sails"), "the daemon")
    boat("berta", size=2, colour="red")
    eventually(lambda: status("anna").get("alike") == 2, "the index has both red boats")


@check("admission: a default is set, a bad object is refused, a warning is given")
def admission():
    equal(boat("carla", size=1)["spec"]["colour"], "white")
    try:
        boat("titanic", size=11)
        raise AssertionError("the boat was accepted")
    except ApiException as error:
        equal(error.status, 422)
        true("a boat this size sinks" in error.body, error.body)
    _, code, headers = custom.create_namespaced_custom_object_with_http_info(*PLACE, {
        "apiVersion": f"{GROUP}/{VERSION}", "kind": "Boat", "metadata": {"name": "dora"}, "spec": {"size": 10}})
    equal((code, headers.get("Warning")), (201, '299 - "this is a large boat"'))


@check("an operator of higher priority takes over, and gives back")
def peering():
    text = operators[0].text
    second = Operator("--priority", "100", "--peering", "boats")
    eventually(second.probe, "the second operator runs")
    eventually(lambda: "Pausing" in text(), "the first one pauses")
    second.stop()
    eventually(lambda: "Resuming" in text(), "the first one resumes")


@check("deletion is handled before the object goes")
def deletes():
    custom.delete_namespaced_custom_object(*PLACE, "anna")
    eventually(lambda: exists("anna-was-deleted"), "the handler ran")

    def gone():
        try:
            read("anna")
            return False
        except ApiException as error:
            return error.status == 404
    eventually(gone, "the boat is gone")
    true(not exists("anna-sails"), "the daemon was stopped first")
    eventually(lambda: not exists("anna"), "its child is collected")


@check("a restarted operator resumes what is there")
def resumes():
    equal(operators[0].stop(), 0)
    operator = Operator()
    eventually(operator.probe, "the operator is back")
    eventually(lambda: (read("berta")["metadata"].get("annotations") or {}).get("resumed") == "yes", "the resume handler ran")


@check("everything is deleted while the operator runs, and the operator ends in order")
def ends():
    for item in custom.list_namespaced_custom_object(*PLACE)["items"]:
        custom.delete_namespaced_custom_object(*PLACE, item["metadata"]["name"])
    eventually(lambda: not custom.list_namespaced_custom_object(*PLACE)["items"], "the boats are gone")
    equal(operators[-1].stop(), 0)
    for name in (f"{PLURAL}.{GROUP}", "kopfpeerings.kopf.dev", "clusterkopfpeerings.kopf.dev"):
        extensions.delete_custom_resource_definition(name)
    hooks.delete_mutating_webhook_configuration("boats.kopf.example.com")
    hooks.delete_validating_webhook_configuration("boats.kopf.example.com")
    core.delete_namespace(NAMESPACE)


if __name__ == "__main__":
    code = run_all("kopf")
    for operator in operators:
        if operator.process.poll() is None:
            operator.process.kill()
        if code:
            print(operator.text(), file=sys.stderr)
    sys.exit(code)
