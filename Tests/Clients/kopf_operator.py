"""An operator with one of everything that kopf offers; kopf_client.py runs it and looks at what it does."""
import os
import threading

import kopf

from kubernetes import client, config

GROUP, VERSION, PLURAL = "kopf.example.com", "v1", "boats"
KIND = (GROUP, VERSION, PLURAL)
attempts = {}


@kopf.on.startup()
def configure(settings, **_):
    config.load_kube_config()
    settings.posting.loggers = True
    settings.peering.name = "boats"
    settings.peering.mandatory = True
    settings.peering.lifetime = 5
    settings.admission.managed = "boats.kopf.example.com"
    settings.admission.server = kopf.WebhookServer(
        addr="127.0.0.1", host="127.0.0.1", port=int(os.environ["HOOK_PORT"]), certfile=os.environ["HOOK_CERTIFICATE"],
        pkeyfile=os.environ["HOOK_KEY"])
    settings.watching.server_timeout = 20


@kopf.index(*KIND)
def by_colour(spec, name, **_):
    return {spec.get("colour"): name}


@kopf.on.mutate(*KIND, id="colour")
def default_colour(spec, patch, **_):
    if "colour" not in spec:
        patch.spec["colour"] = "white"


@kopf.on.validate(*KIND, id="size")
def check_size(spec, warnings, **_):
    if spec.get("size", 0) > 10:
        raise kopf.AdmissionError("a boat this size sinks", code=422)
    if spec.get("size", 0) == 10:
        warnings.append("this is a large boat")


@kopf.on.create(*KIND)
def create(spec, name, namespace, **_):
    body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": {"size": str(spec["size"])}}
    kopf.adopt(body)
    client.CoreV1Api().create_namespaced_config_map(namespace, body)
    return {"made": name}


@kopf.on.create(*KIND, id="patient", backoff=0.2)
def succeed_later(name, retry, **_):
    if retry < 2:
        raise kopf.TemporaryError("not yet", delay=0.2)
    return retry


@kopf.on.create(*KIND, id="doomed", when=lambda spec, **_: spec.get("doomed"))
def fail(**_):
    raise kopf.PermanentError("never")


@kopf.on.update(*KIND)
def update(spec, diff, **_):
    return {"changed": [".".join(path) for _, path, _, _ in diff]}


@kopf.on.field(*KIND, field="spec.size")
def resize(old, new, name, namespace, **_):
    if old is not None:
        client.CoreV1Api().patch_namespaced_config_map(name, namespace, {"data": {"size": str(new)}})


@kopf.on.resume(*KIND)
def resume(patch, **_):
    patch.metadata.annotations["resumed"] = "yes"


@kopf.on.delete(*KIND)
def delete(name, namespace, **_):
    try:
        body = {"metadata": {"name": f"{name}-was-deleted"}}
        client.CoreV1Api().create_namespaced_config_map(namespace, body)
    except client.ApiException as error:
        # kopf calls a handler again when others, such as daemons, are not done.
        if error.status != 409:
            raise


@kopf.on.event("configmaps", labels={"boat-event": kopf.PRESENT})
def event(type, name, namespace, labels, **_):
    if labels["boat-event"] == "new":
        client.CoreV1Api().patch_namespaced_config_map(name, namespace, {"metadata": {"labels": {"boat-event": "seen"}}})


@kopf.timer(*KIND, interval=0.3)
def tick(patch, status, by_colour, spec, **_):
    if status.get("ticks", 0) < 3:
        patch.status["ticks"] = status.get("ticks", 0) + 1
    if len(by_colour.get(spec.get("colour"), [])) != status.get("alike"):
        patch.status["alike"] = len(by_colour.get(spec.get("colour"), []))


@kopf.daemon(*KIND, cancellation_timeout=5)
def sail(stopped, name, namespace, **_):
    maps = client.CoreV1Api()
    maps.create_namespaced_config_map(namespace, {"metadata": {"name": f"{name}-sails"}})
    stopped.wait()
    maps.delete_namespaced_config_map(f"{name}-sails", namespace)


@kopf.on.probe(id="threads")
def threads(**_):
    return threading.active_count()
