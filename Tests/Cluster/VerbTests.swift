import Foundation
import Testing

extension Clusters {
    /// kubectl's verbs, and that they read as they do against Kubernetes. Pods and their streams are in `PodVerbs`.
    @Suite("kubectl's verbs", .cluster)
    struct Verbs {
        @Test("create, get, label, annotate, patch, delete")
        func everyday() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("everyday")
            let kubectl = { (arguments: [String]) in
                try await Command(
                    program: "kubectl", arguments: ["--kubeconfig", cluster.kubeconfig, "-n", name] + arguments
                ).run()
            }
            for (command, expected) in [
                ("create configmap a --from-literal=k=v", "configmap/a created"),
                ("get configmap a -o jsonpath={.data.k}", "v"),
                ("get configmap a -o name", "configmap/a"),
                ("get configmap a --no-headers -o custom-columns=N:.metadata.name,K:.data.k", "a     v"),
                ("label configmap a color=red", "configmap/a labeled"),
                ("get configmap -l color=red -o name", "configmap/a"),
                ("get configmap -l color!=red,color -o name", ""),
                ("annotate configmap a note=hello", "configmap/a annotated"),
                ("patch configmap a -p {\"data\":{\"k\":\"w\"}}", "configmap/a patched"),
                ("patch configmap a -p {\"data\":{\"k\":\"w\"}}", "configmap/a patched (no change)"),
                (
                    "patch configmap a --type=json -p [{\"op\":\"add\",\"path\":\"/data/l\",\"value\":\"1\"}]",
                    "configmap/a patched"
                ),
                ("patch configmap a --type=merge -p {\"data\":{\"l\":null}}", "configmap/a patched"),
                ("get configmap a -o jsonpath={.data}", "{\"k\":\"w\"}"),
                ("create secret generic s --from-literal=p=q", "secret/s created"),
                ("get secret s -o jsonpath={.data.p}", "cQ=="),
                ("create serviceaccount robot", "serviceaccount/robot created"),
                ("create role reader --verb=get,list --resource=pods", "role.rbac.authorization.k8s.io/reader created"),
                (
                    "create rolebinding readers --role=reader --serviceaccount=\(name):robot",
                    "rolebinding.rbac.authorization.k8s.io/readers created"
                ),
                ("auth can-i list pods --as=system:serviceaccount:\(name):robot", "yes"),
                ("auth can-i delete pods --as=system:serviceaccount:\(name):robot", "no"),
                ("auth can-i list pods -n default --as=system:serviceaccount:\(name):robot", "no"),
                ("auth can-i * *", "yes"),
                ("delete configmap a", "configmap \"a\" deleted"),
                ("get configmap a --ignore-not-found", ""),
            ] {
                let output = try await kubectl(command.split(separator: " ").map(String.init))
                // Newer kubectl adds the namespace to what it says of a deletion.
                #expect(
                    output.trimmed == expected || output.trimmed == expected + " from \(name) namespace", "\(output)")
            }
        }

        @Test("errors read as Kubernetes words them")
        func errors() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("errors")
            try await cluster.expect("-n", name, "create", "configmap", "a")
            for (command, expected) in [
                ("get pod nope", "Error from server (NotFound): pods \"nope\" not found"),
                ("get deployment nope", "Error from server (NotFound): deployments.apps \"nope\" not found"),
                ("get unknowns", "error: the server doesn't have a resource type \"unknowns\""),
                ("create configmap a", "error: failed to create configmap: configmaps \"a\" already exists"),
                ("delete pod nope", "Error from server (NotFound): pods \"nope\" not found"),
                (
                    "create namespace \(name)",
                    "Error from server (AlreadyExists): namespaces \"\(name)\" already exists"
                ),
                (
                    "get pods --as=jane",
                    "Error from server (Forbidden): pods is forbidden: User \"jane\" cannot list resource \"pods\" in API "
                        + "group \"\" in the namespace \"\(name)\""
                ),
                (
                    "get nodes --as=jane",
                    "Error from server (Forbidden): nodes is forbidden: User \"jane\" cannot list resource \"nodes\" in API "
                        + "group \"\" at the cluster scope"
                ),
                (
                    "get pod x --as=jane",
                    "Error from server (Forbidden): pods \"x\" is forbidden: User \"jane\" cannot get resource \"pods\" in API "
                        + "group \"\" in the namespace \"\(name)\""
                ),
                ("get pods", "No resources found in \(name) namespace."),
            ] {
                let output = try await Command(
                    program: "kubectl",
                    arguments: ["--kubeconfig", cluster.kubeconfig, "-n", name]
                        + command.split(separator: " ").map(String.init)
                ).run()
                #expect(output.errors.hasPrefix(expected), "\(output)")
            }
        }

        @Test("get -o wide, yaml and -w")
        func get() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("get")
            let header = try await cluster.expect("get", "nodes", "-o", "wide").split(separator: "\n")[0].split {
                $0 == " "
            }
            #expect(
                header == [
                    "NAME", "STATUS", "ROLES", "AGE", "VERSION", "INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE",
                    "KERNEL-VERSION", "CONTAINER-RUNTIME",
                ])
            try await cluster.expect("-n", name, "apply", "-f", "-", input: Manifest.deployment("sleeper", replicas: 1))
            try await cluster.expect("-n", name, "rollout", "status", "deployment/sleeper", "--timeout=60s")
            let pods = try await cluster.expect("-n", name, "get", "pods", "-o", "wide").split(separator: "\n")
            #expect(
                pods[0].split(separator: " ") == [
                    "NAME", "READY", "STATUS", "RESTARTS", "AGE", "IP", "NODE", "NOMINATED",
                    "NODE", "READINESS", "GATES",
                ])
            #expect(pods[1].split(separator: " ").dropFirst().prefix(3) == ["1/1", "Running", "0"])
            let deployment = try await cluster.expect("-n", name, "get", "deployment", "sleeper")
            #expect(
                deployment.split(separator: "\n")[0].split(separator: " ")
                    == ["NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE"])
            #expect(
                deployment.split(separator: "\n")[1].split(separator: " ").prefix(4) == ["sleeper", "1/1", "1", "1"])
            let yaml = try await cluster.expect("-n", name, "get", "deployment", "sleeper", "-o", "yaml")
            for line in ["apiVersion: apps/v1", "kind: Deployment", "  replicas: 1", "    type: RollingUpdate"] {
                #expect(yaml.split(separator: "\n").contains(Substring(line)), "\(yaml)")
            }
            async let watched = cluster.watch("-n", name, "get", "configmap", "-w", "--no-headers") {
                $0.hasPrefix("seen ")
            }
            try await cluster.expect("-n", name, "create", "configmap", "seen")
            #expect(try await watched.found)
            for (kind, columns) in [
                ("service", "NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE"), ("namespace", "NAME STATUS AGE"),
                ("replicaset", "NAME DESIRED CURRENT READY AGE"), ("configmap", "NAME DATA AGE"),
                ("lease", "NAME HOLDER AGE"), ("endpointslice", "NAME ADDRESSTYPE PORTS ENDPOINTS AGE"),
                ("event", "LAST SEEN TYPE REASON OBJECT MESSAGE"), ("clusterrole", "NAME CREATED AT"),
                ("serviceaccount", "NAME SECRETS AGE"),
            ] {
                let text = try await cluster.expect("get", kind, "-A").split(separator: "\n").first ?? ""
                let words = text.split(separator: " ").joined(separator: " ")
                #expect(words == columns || words == "NAMESPACE " + columns, "\(kind): \(text)")
            }
        }

        @Test("apply, diff, edit, --dry-run=server, server-side apply and its conflicts")
        func applying() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("applying")
            let one = Manifest.deployment("web", replicas: 1)
            let two = Manifest.deployment("web", replicas: 2)
            #expect(
                try await cluster.expect("-n", name, "apply", "--dry-run=server", "-f", "-", input: one)
                    == "deployment.apps/web created (server dry run)")
            #expect(try await cluster.kubectl("-n", name, "get", "deployment", "web").status == 1)
            #expect(
                try await cluster.expect("-n", name, "apply", "-f", "-", input: one) == "deployment.apps/web created")
            #expect(
                try await cluster.expect("-n", name, "apply", "-f", "-", input: one) == "deployment.apps/web unchanged")
            let diff = try await cluster.kubectl("-n", name, "diff", "-f", "-", input: two)
            #expect(diff.status == 1 && diff.out.contains("\n-  replicas: 1\n+  replicas: 2\n"), "\(diff)")
            #expect(
                try await cluster.expect("-n", name, "apply", "-f", "-", input: two) == "deployment.apps/web configured"
            )
            let edited = try await cluster.expect(
                "-n", name, "edit", "deployment", "web",
                environment: ["KUBE_EDITOR": "sed -i 's/replicas: 2/replicas: 3/'"])
            #expect(edited == "deployment.apps/web edited")
            #expect(
                try await cluster.expect("-n", name, "get", "deployment", "web", "-o", "jsonpath={.spec.replicas}")
                    == "3")

            let owned = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shared}\ndata: {k: one}\n"
            #expect(
                try await cluster.expect(
                    "-n", name, "apply", "--server-side", "--field-manager=first", "-f", "-", input: owned)
                    == "configmap/shared serverside-applied")
            let claimed = owned.replacing("one", with: "two")
            let conflict = try await cluster.kubectl(
                "-n", name, "apply", "--server-side", "--field-manager=second", "-f", "-", input: claimed)
            #expect(conflict.status == 1)
            #expect(
                conflict.errors.contains(
                    "Apply failed with 1 conflict: conflict with \"first\": .data.k"), "\(conflict)")
            #expect(
                try await cluster.expect(
                    "-n", name, "apply", "--server-side", "--field-manager=second", "--force-conflicts", "-f", "-",
                    input: claimed)
                    == "configmap/shared serverside-applied")
            let managers = try await cluster.expect(
                "-n", name, "get", "configmap", "shared", "--show-managed-fields", "-o",
                "jsonpath={.metadata.managedFields[*].manager}")
            #expect(managers == "second")
        }

        @Test("scale, rollout status, history, undo, restart, pause and resume")
        func rollouts() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("rollouts")
            for revision in ["1", "2"] {
                try await cluster.expect(
                    "-n", name, "apply", "-f", "-", input: Manifest.deployment("web", replicas: 2, revision: revision))
                try await cluster.expect("-n", name, "rollout", "status", "deployment/web", "--timeout=60s")
            }
            let history = try await cluster.expect("-n", name, "rollout", "history", "deployment/web")
            #expect(
                history.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
                    == ["deployment.apps/web", "REVISION CHANGE-CAUSE", "1 <none>", "2 <none>"])
            #expect(
                try await cluster.expect("-n", name, "rollout", "undo", "deployment/web")
                    == "deployment.apps/web rolled back")
            try await cluster.expect("-n", name, "rollout", "status", "deployment/web", "--timeout=60s")
            let path = "jsonpath={.spec.template.spec.containers[0].env[0].value}"
            #expect(try await cluster.expect("-n", name, "get", "deployment", "web", "-o", path) == "1")
            #expect(
                try await cluster.expect("-n", name, "rollout", "restart", "deployment/web")
                    == "deployment.apps/web restarted")
            try await cluster.expect("-n", name, "rollout", "status", "deployment/web", "--timeout=60s")
            #expect(
                try await cluster.expect("-n", name, "rollout", "pause", "deployment/web")
                    == "deployment.apps/web paused")
            #expect(
                try await cluster.expect("-n", name, "rollout", "resume", "deployment/web")
                    == "deployment.apps/web resumed")
            #expect(
                try await cluster.expect("-n", name, "scale", "deployment/web", "--replicas=4")
                    == "deployment.apps/web scaled")
            #expect(
                try await cluster.expect(
                    "-n", name, "wait", "deployment/web", "--for=jsonpath={.status.readyReplicas}=4", "--timeout=60s")
                    == "deployment.apps/web condition met")
            let sets = try await cluster.expect("-n", name, "get", "replicaset", "--no-headers").split(separator: "\n")
            #expect(sets.filter { $0.split(separator: " ")[1] == "4" }.count == 1, "\(sets)")
        }

        @Test("delete in the foreground, in the background and leaving orphans")
        func deleting() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("deleting")
            for cascade in ["foreground", "background", "orphan"] {
                try await cluster.expect(
                    "-n", name, "apply", "-f", "-", input: Manifest.deployment(cascade, replicas: 1))
                try await cluster.expect("-n", name, "rollout", "status", "deployment/\(cascade)", "--timeout=60s")
                let said = try await cluster.expect(
                    "-n", name, "delete", "deployment", cascade, "--cascade=\(cascade)", "--timeout=60s")
                #expect(said.hasPrefix("deployment.apps \"\(cascade)\" deleted"))
                let sets = try await cluster.expect(
                    "-n", name, "get", "replicaset", "-l", "app=\(cascade)", "-o", "name")
                switch cascade {
                case "foreground": #expect(sets.isEmpty, "dependents go first")
                case "background":
                    try await cluster.expect(
                        "-n", name, "wait", "--for=delete", "replicaset,pod", "-l", "app=\(cascade)", "--timeout=60s")
                default:
                    #expect(!sets.isEmpty)
                    #expect(
                        try await cluster.expect("-n", name, "get", sets, "-o", "jsonpath={.metadata.ownerReferences}")
                            == "")
                }
            }
            try await cluster.expect("delete", "namespace", name, "--timeout=90s")
            #expect(try await cluster.kubectl("get", "namespace", name).errors.contains("NotFound"))
        }

        @Test("describe, explain, api-resources, api-versions, version, cluster-info")
        func discovery() async throws {
            let cluster = try Cluster.current()
            let node = try await cluster.expect("describe", "nodes")
            for part in [
                "Name:  ", "Roles:", "Taints:", "Conditions:", "Capacity:", "Allocatable:", "System Info:",
                "Non-terminated Pods:",
            ] {
                #expect(node.contains(part), "describe node lacks \(part)")
            }
            let explained = try await cluster.expect("explain", "deployment.spec.strategy.rollingUpdate.maxSurge")
            for part in ["GROUP:", "apps", "KIND:", "Deployment", "FIELD: maxSurge <IntOrString>", "DESCRIPTION:"] {
                #expect(explained.contains(part), "\(explained)")
            }
            let resources = try await cluster.expect("api-resources", "--no-headers")
            let rows = Dictionary(
                resources.split(separator: "\n").map { line in
                    let words = line.split(separator: " ").map(String.init)
                    return (words[0], words)
                }
            ) { first, _ in first }
            for expected in [
                "pods po v1 true Pod", "deployments deploy apps/v1 true Deployment", "nodes no v1 false Node",
                "jobs batch/v1 true Job", "daemonsets ds apps/v1 true DaemonSet", "services svc v1 true Service",
                "clusterroles rbac.authorization.k8s.io/v1 false ClusterRole",
            ] {
                let words = expected.split(separator: " ").map(String.init)
                #expect(rows[words[0]] == words)
            }
            #expect(try await cluster.expect("api-versions").split(separator: "\n").contains("apps/v1"))
            #expect(try await cluster.expect("version").contains("Server Version: v1.36"))
            #expect(try await cluster.expect("cluster-info").contains("is running at"))
        }
    }
}
