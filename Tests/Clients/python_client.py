"""Ordinary programs of the Python client (package kubernetes), each behaviour with a line of its own."""
import datetime
import json
import re
import sys
import tempfile
import threading
import time

from kubernetes import client, config, dynamic, utils, watch
from kubernetes.client.rest import ApiException
from kubernetes.leaderelection import electionconfig, leaderelection
from kubernetes.leaderelection.resourcelock.leaselock import LeaseLock
from kubernetes.stream import portforward, stream

from checks import check, equal, eventually, run_all, true

NAMESPACE = "python-client"
IMAGE = "gantry.local/busybox:1"
LABELS = {"made-by": "python"}

config.load_kube_config()
core = client.CoreV1Api()
apps = client.AppsV1Api()
batch = client.BatchV1Api()
extensions = client.ApiextensionsV1Api()
custom = client.CustomObjectsApi()


def config_map(name, data=None, labels=None):
    return client.V1ConfigMap(
        metadata=client.V1ObjectMeta(name=name, labels=labels or LABELS), data=data or {"a": "1", "b": "2"})


def make_map(name, data=None, labels=None):
    return core.create_namespaced_config_map(NAMESPACE, config_map(name, data, labels))


def pod(name, command, restart="Never", **spec):
    return client.V1Pod(
        metadata=client.V1ObjectMeta(name=name, labels={"app": name}),
        spec=client.V1PodSpec(
            restart_policy=restart, termination_grace_period_seconds=0,
            containers=[client.V1Container(name="main", image=IMAGE, command=command)], **spec))


def make_pod(name, command, **spec):
    core.create_namespaced_pod(NAMESPACE, pod(name, command, **spec))


def wait_ready(name):
    def ready():
        conditions = core.read_namespaced_pod(name, NAMESPACE).status.conditions or []
        return any(c.type == "Ready" and c.status == "True" for c in conditions)
    eventually(ready, f"pod {name} is ready")


def refused(status, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except ApiException as error:
        equal(error.status, status)
        return error
    raise AssertionError(f"expected {status}, was accepted")


@check("the version and the groups are discovered")
def discovery():
    version = client.VersionApi().get_code()
    equal((version.major, version.minor.rstrip("+")), ("1", "36"))
    groups = {group.name for group in client.ApisApi().get_api_versions().groups}
    true({"apps", "batch", "apiextensions.k8s.io", "coordination.k8s.io"} <= groups, f"groups: {groups}")
    names = {resource.name for resource in core.get_api_resources().resources}
    true({"pods", "pods/log", "pods/exec", "services/proxy", "serviceaccounts/token"} <= names, f"resources: {names}")


@check("a namespace is made, with its default account")
def namespace():
    core.create_namespace(client.V1Namespace(metadata=client.V1ObjectMeta(name=NAMESPACE)))
    eventually(lambda: core.list_namespaced_service_account(NAMESPACE).items, "the default service account")


@check("an object is created, read, replaced and deleted")
def life_of_an_object():
    made = make_map("life")
    equal(core.read_namespaced_config_map("life", NAMESPACE).metadata.uid, made.metadata.uid)
    true(isinstance(made.metadata.creation_timestamp, datetime.datetime), "the creation time is a time")
    made.data["a"] = "2"
    equal(core.replace_namespaced_config_map("life", NAMESPACE, made).data["a"], "2")
    equal(refused(409, core.replace_namespaced_config_map, "life", NAMESPACE, made).reason, "Conflict")
    refused(409, make_map, "life")
    status = core.delete_namespaced_config_map("life", NAMESPACE)
    equal(core.api_client.sanitize_for_serialization(status)["status"], "Success")
    refused(404, core.read_namespaced_config_map, "life", NAMESPACE)


@check("a list is selected by label and field, and read in pages")
def lists():
    for number in range(7):
        make_map(f"page-{number}", labels={"set": "pages", "odd": str(number % 2)})
    odd = core.list_namespaced_config_map(NAMESPACE, label_selector="set=pages,odd in (1)")
    equal([item.metadata.name for item in odd.items], ["page-1", "page-3", "page-5"])
    one = core.list_namespaced_config_map(NAMESPACE, field_selector="metadata.name=page-4")
    equal([item.metadata.name for item in one.items], ["page-4"])
    names, token = [], None
    while True:
        page = core.list_namespaced_config_map(NAMESPACE, label_selector="set=pages", limit=3, _continue=token)
        names += [item.metadata.name for item in page.items]
        token = page.metadata._continue
        if not token:
            break
    equal(names, [f"page-{number}" for number in range(7)])
    everywhere = core.list_config_map_for_all_namespaces(label_selector="set=pages")
    equal(len(everywhere.items), 7)
    equal(core.delete_collection_namespaced_config_map(NAMESPACE, label_selector="set=pages").kind, "ConfigMapList")
    equal(core.list_namespaced_config_map(NAMESPACE, label_selector="set=pages").items, [])


@check("each type of patch changes what it says")
def patches():
    body = pod("patched", ["sleep", "600"])
    deployment = client.V1Deployment(
        metadata=client.V1ObjectMeta(name="patched"),
        spec=client.V1DeploymentSpec(
            replicas=0, selector=client.V1LabelSelector(match_labels={"app": "patched"}),
            template=client.V1PodTemplateSpec(metadata=body.metadata, spec=body.spec)))
    deployment.spec.template.spec.restart_policy = "Always"
    apps.create_namespaced_deployment(NAMESPACE, deployment)

    def patch(body, kind=None):
        named = {"_content_type": kind} if kind else {}
        return apps.patch_namespaced_deployment("patched", NAMESPACE, body, **named)

    containers = {"spec": {"template": {"spec": {"containers": [{"name": "second", "image": IMAGE}]}}}}
    merged = patch(containers, "application/strategic-merge-patch+json")
    equal({c.name for c in merged.spec.template.spec.containers}, {"main", "second"})
    equal(patch({"metadata": {"labels": {"by": "merge"}}}, "application/merge-patch+json").metadata.labels["by"], "merge")
    replaced = patch(containers, "application/merge-patch+json")
    equal([c.name for c in replaced.spec.template.spec.containers], ["second"])
    steps = [{"op": "test", "path": "/metadata/labels/by", "value": "merge"},
             {"op": "replace", "path": "/metadata/labels/by", "value": "json"}]
    equal(patch(steps, "application/json-patch+json").metadata.labels["by"], "json")
    refused(422, patch, steps, "application/json-patch+json")
    equal(patch({"metadata": {"annotations": {"a": "b"}}}).metadata.annotations["a"], "b")
    apps.delete_namespaced_deployment("patched", NAMESPACE, propagation_policy="Foreground")
    eventually(lambda: not apps.list_namespaced_deployment(NAMESPACE).items, "the Deployment is gone")


@check("server-side apply owns fields, refuses conflicts and can force them")
def server_side_apply():
    def apply(data, manager, force=False):
        body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "applied"}, "data": data}
        return core.patch_namespaced_config_map(
            "applied", NAMESPACE, body, field_manager=manager, force=force,
            _content_type="application/apply-patch+yaml")
    equal(apply({"a": "1"}, "first").data, {"a": "1"})
    message = json.loads(refused(409, apply, {"a": "2"}, "second").body)["message"]
    equal(message, 'Apply failed with 1 conflict: conflict with "first": .data.a')
    made = apply({"a": "2", "b": "2"}, "second", force=True)
    equal(made.data, {"a": "2", "b": "2"})
    equal({f.manager for f in made.metadata.managed_fields if f.operation == "Apply"} >= {"second"}, True)
    equal(apply({"b": "2"}, "second").data, {"b": "2"})


@check("a dry run answers and changes nothing")
def dry_run():
    equal(core.create_namespaced_config_map(NAMESPACE, config_map("dry"), dry_run="All").metadata.name, "dry")
    refused(404, core.read_namespaced_config_map, "dry", NAMESPACE)


@check("bad input names the field in the Status")
def bad_input():
    error = refused(422, core.create_namespaced_config_map, NAMESPACE, config_map("Not A Name"))
    true("metadata.name" in error.body and "\"Invalid\"" in error.body, error.body)
    body = pod("bad", ["true"])
    body.spec.containers[0].image = None
    true("spec.containers[0].image" in refused(422, core.create_namespaced_pod, NAMESPACE, body).body, "the field")


@check("a watch tells of each change, with bookmarks, and ends in time")
def watches():
    start = core.list_namespaced_config_map(NAMESPACE).metadata.resource_version
    make_map("watched", labels={"set": "watch"})
    core.patch_namespaced_config_map("watched", NAMESPACE, {"data": {"a": "9"}})
    core.delete_namespaced_config_map("watched", NAMESPACE)
    seen = []
    for event in watch.Watch().stream(
            core.list_namespaced_config_map, NAMESPACE, label_selector="set=watch", resource_version=start,
            timeout_seconds=2, allow_watch_bookmarks=True):
        if event["type"] != "BOOKMARK":
            seen.append((event["type"], event["object"].data["a"]))
    equal(seen, [("ADDED", "1"), ("MODIFIED", "9"), ("DELETED", "9")])


@check("a watch sends the initial list when asked to")
def streaming_list():
    make_map("initial", labels={"set": "initial"})
    seen = []
    answer = core.list_namespaced_config_map(
        NAMESPACE, label_selector="set=initial", watch=True, send_initial_events=True, allow_watch_bookmarks=True,
        resource_version_match="NotOlderThan", timeout_seconds=2, _preload_content=False)
    for line in answer.stream():
        seen.append(line.decode())
    text = "".join(seen)
    true('"ADDED"' in text and "k8s.io/initial-events-end" in text, text[:300])


@check("a watch from a forgotten revision is told so")
def expired_watch():
    try:
        for _ in watch.Watch().stream(
                core.list_namespaced_config_map, NAMESPACE, resource_version="1", timeout_seconds=1):
            break
    except ApiException as error:
        equal(error.status, 410)


@check("a pod runs, and its log is read and followed")
def logs():
    make_pod("counter", ["sh", "-c", "for i in 1 2 3; do echo line $i; sleep 0.3; done"])
    eventually(lambda: core.read_namespaced_pod("counter", NAMESPACE).status.phase != "Pending", "the pod starts")
    followed = [line for line in watch.Watch().stream(
        core.read_namespaced_pod_log, name="counter", namespace=NAMESPACE)]
    equal(followed, ["line 1", "line 2", "line 3"])
    equal(core.read_namespaced_pod_log("counter", NAMESPACE, tail_lines=1), "line 3\n")
    eventually(lambda: core.read_namespaced_pod("counter", NAMESPACE).status.phase == "Succeeded", "the pod ends")
    stamped = core.read_namespaced_pod_log("counter", NAMESPACE, timestamps=True).split()[0]
    datetime.datetime.fromisoformat(stamped[:19])


@check("a command runs in a container: output, input, exit code, terminal")
def executes():
    make_pod("shell", ["sleep", "600"])
    wait_ready("shell")
    call = core.connect_get_namespaced_pod_exec
    equal(stream(call, "shell", NAMESPACE, command=["echo", "hello"], stdout=True, stderr=True, stdin=False,
                 tty=False), "hello\n")
    session = stream(call, "shell", NAMESPACE, command=["sh"], stdin=True, stdout=True, stderr=True, tty=False,
                     _preload_content=False)
    session.write_stdin("echo to out; echo to error >&2; exit 7\n")
    session.run_forever(timeout=20)
    equal((session.read_stdout(), session.read_stderr()), ("to out\n", "to error\n"))
    equal(session.returncode, 7)
    session.close()
    terminal = stream(call, "shell", NAMESPACE, command=["sh", "-c", "test -t 0 && echo terminal"], stdin=True,
                      stdout=True, stderr=False, tty=True)
    equal(terminal.strip(), "terminal")


@check("bytes go through a command unchanged")
def binary_streams():
    session = stream(core.connect_get_namespaced_pod_exec, "shell", NAMESPACE, command=["cat"], stdin=True, stdout=True,
                     stderr=True, tty=False, _preload_content=False, binary=True)
    sent = bytes(range(256)) * 256
    session.write_stdin(sent)
    received = b""
    end = time.monotonic() + 30
    while len(received) < len(sent) and time.monotonic() < end:
        session.update(timeout=1)
        received += session.read_stdout(timeout=1) or b""
    session.close()
    equal(received == sent, True)


@check("a container is attached to")
def attaches():
    make_pod("talker", ["sh", "-c", "while true; do echo talking; sleep 0.2; done"])
    wait_ready("talker")
    session = stream(core.connect_get_namespaced_pod_attach, "talker", NAMESPACE, stdout=True, stderr=True, stdin=False,
                     tty=False, _preload_content=False)
    equal(session.readline_stdout(timeout=20), "talking")
    session.close()


@check("a port of a pod is forwarded")
def port_forwards():
    make_pod("web", ["sh", "-c", "echo hi > /tmp/index.html; exec httpd -f -p 8080 -h /tmp"])
    wait_ready("web")

    def fetch():
        forward = portforward(core.connect_get_namespaced_pod_portforward, "web", NAMESPACE, ports="8080")
        connection = forward.socket(8080)
        connection.setblocking(True)
        connection.sendall(b"GET /index.html HTTP/1.0\r\n\r\n")
        data = b""
        while True:
            part = connection.recv(4096)
            if not part:
                break
            data += part
        equal(forward.error(8080), None)
        return data.endswith(b"hi\n")
    eventually(fetch, "the page", 20)


@check("a pod is reached through the API's proxy")
def proxies():
    equal(core.connect_get_namespaced_pod_proxy_with_path("web:8080", NAMESPACE, "index.html"), "hi\n")


@check("scale and status subresources are read and written")
def subresources():
    utils.create_from_dict(client.ApiClient(), {
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "scaled"},
        "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "scaled"}}, "template": {
            "metadata": {"labels": {"app": "scaled"}}, "spec": {"terminationGracePeriodSeconds": 0, "containers": [
                {"name": "main", "image": IMAGE, "command": ["sleep", "600"]}]}}}}, namespace=NAMESPACE)
    def raise_scale():
        scale = apps.read_namespaced_deployment_scale("scaled", NAMESPACE)
        scale.spec.replicas = 2
        apps.replace_namespaced_deployment_scale("scaled", NAMESPACE, scale)
    utils.retry_on_conflict(raise_scale)
    eventually(lambda: apps.read_namespaced_deployment_status("scaled", NAMESPACE).status.ready_replicas == 2,
               "two replicas are ready")
    apps.patch_namespaced_deployment_scale("scaled", NAMESPACE, {"spec": {"replicas": 0}})
    eventually(lambda: not core.list_namespaced_pod(NAMESPACE, label_selector="app=scaled").items, "no replica is left")
    patched = apps.patch_namespaced_deployment_status("scaled", NAMESPACE, {"status": {"conditions": [
        {"type": "Mine", "status": "True"}]}})
    true(any(c.type == "Mine" for c in patched.status.conditions), "the condition was set")


@check("a Job runs to its end, and a binding and an eviction are made")
def jobs_bindings_evictions():
    template = client.V1PodTemplateSpec(spec=pod("job", ["true"]).spec)
    batch.create_namespaced_job(NAMESPACE, client.V1Job(
        metadata=client.V1ObjectMeta(name="once"), spec=client.V1JobSpec(template=template, backoff_limit=0)))
    eventually(lambda: batch.read_namespaced_job("once", NAMESPACE).status.succeeded == 1, "the Job is done")
    batch.delete_namespaced_job("once", NAMESPACE, propagation_policy="Background")
    make_pod("bound", ["sleep", "600"], scheduler_name="me")
    node = core.list_node().items[0].metadata.name
    core.create_namespaced_pod_binding("bound", NAMESPACE, client.V1Binding(
        metadata=client.V1ObjectMeta(name="bound"), target=client.V1ObjectReference(api_version="v1", kind="Node", name=node)),
        _preload_content=False)
    wait_ready("bound")
    core.create_namespaced_pod_eviction("bound", NAMESPACE, client.V1Eviction(
        metadata=client.V1ObjectMeta(name="bound", namespace=NAMESPACE)))
    eventually(lambda: not core.list_namespaced_pod(NAMESPACE, label_selector="app=bound").items, "the pod is evicted")


@check("a secret, an account's token and what it may do")
def accounts():
    core.create_namespaced_secret(NAMESPACE, client.V1Secret(
        metadata=client.V1ObjectMeta(name="secret"), string_data={"key": "value"}))
    equal(core.read_namespaced_secret("secret", NAMESPACE).data, {"key": "dmFsdWU="})
    core.create_namespaced_service_account(NAMESPACE, client.V1ServiceAccount(metadata=client.V1ObjectMeta(name="robot")))
    access = client.RbacAuthorizationV1Api()
    access.create_namespaced_role(NAMESPACE, client.V1Role(
        metadata=client.V1ObjectMeta(name="reader"),
        rules=[client.V1PolicyRule(api_groups=[""], resources=["configmaps"], verbs=["get", "list"])]))
    access.create_namespaced_role_binding(NAMESPACE, client.V1RoleBinding(
        metadata=client.V1ObjectMeta(name="reader"),
        role_ref=client.V1RoleRef(api_group="rbac.authorization.k8s.io", kind="Role", name="reader"),
        subjects=[client.RbacV1Subject(kind="ServiceAccount", name="robot", namespace=NAMESPACE)]))
    token = core.create_namespaced_service_account_token("robot", NAMESPACE, client.AuthenticationV1TokenRequest(
        spec=client.V1TokenRequestSpec(audiences=[], expiration_seconds=3600))).status.token
    mine = client.Configuration.get_default_copy()
    mine.cert_file = mine.key_file = None
    mine.api_key = {"authorization": "Bearer " + token}
    robot = client.ApiClient(mine)
    api = client.CoreV1Api(robot)
    eventually(lambda: _allowed(api), "the role takes effect", 10)
    refused(403, api.list_namespaced_secret, NAMESPACE)
    review = client.AuthorizationV1Api(robot).create_self_subject_access_review(client.V1SelfSubjectAccessReview(
        spec=client.V1SelfSubjectAccessReviewSpec(resource_attributes=client.V1ResourceAttributes(
            namespace=NAMESPACE, verb="list", resource="configmaps"))))
    equal(review.status.allowed, True)
    who = client.AuthenticationV1Api(robot).create_self_subject_review({})
    equal(who.status.user_info.username, f"system:serviceaccount:{NAMESPACE}:robot")


def _allowed(api):
    try:
        return api.list_namespaced_config_map(NAMESPACE)
    except ApiException as error:
        equal(error.status, 403)
        return None


GROUP, VERSION, PLURAL = "clients.example.com", "v1", "lamps"


@check("a custom resource is defined and used, with schema, status, scale and patches")
def custom_resources():
    schema = client.V1JSONSchemaProps(type="object", properties={
        "spec": client.V1JSONSchemaProps(type="object", required=["colour"], properties={
            "colour": client.V1JSONSchemaProps(type="string", enum=["red", "green"]),
            "count": client.V1JSONSchemaProps(type="integer", default=3)}),
        "status": client.V1JSONSchemaProps(type="object", properties={
            "count": client.V1JSONSchemaProps(type="integer")})})
    extensions.create_custom_resource_definition(client.V1CustomResourceDefinition(
        metadata=client.V1ObjectMeta(name=f"{PLURAL}.{GROUP}"),
        spec=client.V1CustomResourceDefinitionSpec(
            group=GROUP, scope="Namespaced",
            names=client.V1CustomResourceDefinitionNames(plural=PLURAL, singular="lamp", kind="Lamp"),
            versions=[client.V1CustomResourceDefinitionVersion(
                name=VERSION, served=True, storage=True, schema=client.V1CustomResourceValidation(open_apiv3_schema=schema),
                subresources=client.V1CustomResourceSubresources(
                    status={}, scale=client.V1CustomResourceSubresourceScale(
                        spec_replicas_path=".spec.count", status_replicas_path=".status.count")))])))

    def established():
        status = extensions.read_custom_resource_definition(f"{PLURAL}.{GROUP}").status
        return any(c.type == "Established" and c.status == "True" for c in (status and status.conditions) or [])
    eventually(established, "the definition is established")
    place = (GROUP, VERSION, NAMESPACE, PLURAL)

    def lamp(name, spec):
        return {"apiVersion": f"{GROUP}/{VERSION}", "kind": "Lamp", "metadata": {"name": name}, "spec": spec}
    made = custom.create_namespaced_custom_object(*place, lamp("one", {"colour": "red"}))
    equal(made["spec"], {"colour": "red", "count": 3})
    true("spec.colour" in refused(422, custom.create_namespaced_custom_object, *place,
                                  lamp("two", {"colour": "blue"})).body, "the field")
    made["status"] = {"count": 2}
    equal(custom.replace_namespaced_custom_object_status(*place, "one", made)["status"], {"count": 2})
    equal(custom.patch_namespaced_custom_object(*place, "one", {"spec": {"count": 5}})["spec"]["count"], 5)
    equal(custom.get_namespaced_custom_object_scale(*place, "one")["spec"]["replicas"], 5)
    equal(custom.patch_namespaced_custom_object_scale(*place, "one", {"spec": {"replicas": 6}})["spec"]["replicas"], 6)
    listed = custom.list_cluster_custom_object(GROUP, VERSION, PLURAL)
    equal([item["metadata"]["name"] for item in listed["items"]], ["one"])
    seen = []
    for event in watch.Watch().stream(custom.list_namespaced_custom_object, *place, timeout_seconds=2):
        seen.append((event["type"], event["object"]["metadata"]["name"]))
    equal(seen, [("ADDED", "one")])


@check("the dynamic client finds, makes, watches, applies and deletes any kind")
def dynamic_client():
    api = dynamic.DynamicClient(client.ApiClient())
    maps = api.resources.get(api_version="v1", kind="ConfigMap")
    maps.create(body={"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "dynamic"}, "data": {"a": "1"}},
                namespace=NAMESPACE)
    equal(maps.get(name="dynamic", namespace=NAMESPACE).data.a, "1")
    body = {"metadata": {"labels": {"l": "2"}}}
    equal(maps.patch(name="dynamic", namespace=NAMESPACE, body=body).metadata.labels.l, "2")
    body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "dynamic"}, "data": {"a": "2"}}
    equal(maps.server_side_apply(name="dynamic", namespace=NAMESPACE, body=body, field_manager="me",
                                 force_conflicts=True).data.a, "2")
    seen = [(e["type"], e["object"].metadata.name)
            for e in maps.watch(namespace=NAMESPACE, name="dynamic", timeout=2)]
    equal(seen, [("ADDED", "dynamic")])
    lamps = api.resources.get(api_version=f"{GROUP}/{VERSION}", kind="Lamp")
    equal([item.metadata.name for item in lamps.get(namespace=NAMESPACE).items], ["one"])
    equal(lamps.status.get(name="one", namespace=NAMESPACE).status.count, 2)
    equal(api.resources.get(kind="Deployment").group, "apps")
    found = {resource.kind for resource in api.resources.search(group="apps") if hasattr(resource, "kind")}
    true({"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"} <= found, f"{found}")
    maps.delete(name="dynamic", namespace=NAMESPACE)
    refused(404, maps.get, name="dynamic", namespace=NAMESPACE)


@check("objects are made from a YAML file with several documents")
def from_yaml():
    text = """
apiVersion: v1
kind: ConfigMap
metadata: {name: from-yaml}
data: {a: "1"}
---
apiVersion: v1
kind: Service
metadata: {name: from-yaml}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: v1
kind: List
items:
- apiVersion: policy/v1
  kind: PodDisruptionBudget
  metadata: {name: from-yaml}
  spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
- apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata: {name: from-yaml}
  spec: {defaultBackend: {service: {name: from-yaml, port: {number: 80}}}}
"""
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(text)
        file.flush()
        api = client.ApiClient()
        utils.create_from_yaml(api, file.name, namespace=NAMESPACE)
        try:
            utils.create_from_yaml(api, file.name, namespace=NAMESPACE)
        except utils.FailToCreateError as error:
            equal({e.status for e in error.api_exceptions}, {409})
        utils.create_from_yaml(api, file.name, namespace=NAMESPACE, apply=True)
    true(core.read_namespaced_service("from-yaml", NAMESPACE).spec.cluster_ip, "the Service has an address")
    eventually(lambda: (core.read_namespaced_endpoints("from-yaml", NAMESPACE).subsets or [None])[0], "endpoints")


@check("one of two candidates leads, and the other takes over")
def leader_election():
    led = []
    ended = threading.Event()

    def candidate(name, work):
        lock = LeaseLock("election", NAMESPACE, name)
        leaderelection.LeaderElection(electionconfig.Config(
            lock, lease_duration=3, renew_deadline=2, retry_period=1, onstarted_leading=work,
            onstopped_leading=lambda: None)).run()

    def second():
        led.append("second")
        ended.set()
    first = LeaseLock("election", NAMESPACE, "first")
    threading.Thread(target=candidate, args=("holder", lambda: led.append("holder")), daemon=True).start()
    eventually(lambda: led == ["holder"], "the first candidate leads", 20)
    lease = client.CoordinationV1Api().read_namespaced_lease("election", NAMESPACE)
    equal(lease.spec.holder_identity, "holder")
    true(isinstance(lease.spec.renew_time, datetime.datetime) and first.identity == "first", "the lease has a time")
    lease.spec.holder_identity = ""
    refreshed = eventually(lambda: _release(), "the lease is released", 20)
    equal(refreshed.spec.holder_identity, "nobody")
    threading.Thread(target=candidate, args=("second", second), daemon=True).start()
    true(ended.wait(30), "the second candidate leads")


def _release():
    """Takes the lease from its holder, for a moment."""
    api = client.CoordinationV1Api()
    lease = api.read_namespaced_lease("election", NAMESPACE)
    lease.spec.holder_identity = "nobody"
    lease.spec.lease_duration_seconds = 1
    try:
        return api.replace_namespaced_lease("election", NAMESPACE, lease)
    except ApiException as error:
        equal(error.status, 409)
        return None


@check("an informer keeps a copy up to date")
def informer():
    from kubernetes.informer import SharedInformer
    seen = []
    informer = SharedInformer(core.list_namespaced_config_map, namespace=NAMESPACE, label_selector="set=informed")
    for kind in ("ADDED", "MODIFIED", "DELETED"):
        informer.add_event_handler(kind, lambda item, kind=kind: seen.append((kind, item.metadata.name)))
    make_map("informed-a", labels={"set": "informed"})
    informer.start()
    eventually(lambda: seen, "the first object")
    make_map("informed-b", labels={"set": "informed"})
    core.patch_namespaced_config_map("informed-b", NAMESPACE, {"data": {"x": "y"}})
    core.delete_namespaced_config_map("informed-a", NAMESPACE)
    eventually(lambda: len(seen) == 4, "four events")
    equal(seen, [("ADDED", "informed-a"), ("ADDED", "informed-b"), ("MODIFIED", "informed-b"), ("DELETED", "informed-a")])
    equal([item.metadata.name for item in informer.cache.list()], ["informed-b"])
    informer.stop()


def typed_lists():
    """The list methods of every group's class, each with the kind it lists."""
    for name in dir(client):
        group = getattr(client, name)
        # EventsV1Api wants an eventTime, which events of the older recorders (core/v1) do not have anywhere.
        if name in ("CustomObjectsApi", "EventsV1Api") or not hasattr(group, "get_api_resources"):
            continue
        api = group()
        try:
            kinds = {resource.kind for resource in api.get_api_resources().resources}
        except ApiException as error:
            # Versions that are off by default, or newer than the cluster.
            equal(error.status, 404)
            continue
        for method in dir(api):
            match = re.fullmatch(r"list_(namespaced_)?(\w+?)(_for_all_namespaces)?", method)
            if match and not method.endswith(("_with_http_info", "_without_preload_content")):
                kind = match[2].replace("_", "").lower()
                if kind in {kind.lower() for kind in kinds}:
                    yield f"{name}.{method}", getattr(api, method), [NAMESPACE] if match[1] else []


@check("every typed list answers")
def every_list():
    failures, count = [], 0
    for name, method, arguments in typed_lists():
        count += 1
        try:
            method(*arguments, limit=5)
        except Exception as error:
            failures.append(f"{name}: {error}")
    equal(failures, [])
    true(count > 90, f"only {count} lists")


@check("the namespace goes with everything in it")
def end():
    extensions.delete_custom_resource_definition(f"{PLURAL}.{GROUP}")
    core.delete_namespace(NAMESPACE)

    def gone():
        try:
            core.read_namespace(NAMESPACE)
            return False
        except ApiException as error:
            return error.status == 404
    eventually(gone, "the namespace is gone", 90)


if __name__ == "__main__":
    sys.exit(run_all("python client"))
