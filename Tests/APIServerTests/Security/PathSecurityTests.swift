import APIServer
import Foundation
import Machinery
import Testing

/// Names that lead elsewhere when somebody makes a path of them (CVE-2018-1002105's kin, CVE-2017-1002101).
@Suite("Names as paths", .timeLimit(.minutes(1)))
struct PathSecurityTests {
    private static let names = ["..", ".", "a/b", "../x", "..%2fx", "%2e%2e", "a%00b", "/etc"]
    private static let collections: [(path: String, kind: String, version: String)] = [
        (Path.pods, "Pod", "v1"), (Path.configMaps, "ConfigMap", "v1"),
        ("/api/v1/namespaces/default/secrets", "Secret", "v1"), ("/api/v1/nodes", "Node", "v1"),
        (Path.namespaces, "Namespace", "v1"), ("/api/v1/persistentvolumes", "PersistentVolume", "v1"),
        // Of these, names are held to nothing but being safe in a path.
        (Path.rbac + "/namespaces/default/roles", "Role", "rbac.authorization.k8s.io/v1"),
        (Path.rbac + "/clusterroles", "ClusterRole", "rbac.authorization.k8s.io/v1"),
    ]

    @Test("no object has a name that leaves its folder", arguments: collections.indices)
    func creation(_ index: Int) async throws {
        let (path, kind, version) = Self.collections[index]
        try await TestCluster.run { cluster in
            for name in Self.names {
                let body = #"{"apiVersion":"\#(version)","kind":"\#(kind)","metadata":{"name":"\#(name)"}}"#
                let answer = try await cluster.send("POST", path, body)
                #expect(answer.status == 422, "\(name): \(answer.status) \(answer.text.prefix(200))")
                #expect(answer.causes.contains("metadata.name"), "\(name): \(answer.message.prefix(200))")
            }
        }
    }

    @Test("a name that Kubernetes allows and C does not is one name, not two")
    func zeroBytes() async throws {
        let folder = try TemporaryFolder.make()
        let roles = Path.rbac + "/namespaces/default/roles"
        let backing = Backing.sqlite(path: folder + "/store.db")
        try await TestCluster.run(.inProcess, backing) { cluster in
            for name in [#"a\u0000b"#, "a"] {
                try await cluster.send("POST", roles, Manifest.role(name, rules: "[]")).expect(201)
            }
        }
        // The file has kept them apart as well.
        try await TestCluster.run(.inProcess, backing) { cluster in
            let found = try await cluster.send("GET", roles + "/a%00b").expect(200)
            #expect(found.name == "a\u{0}b")
            try await cluster.send("DELETE", roles + "/a").expect(200)
            #expect(try await cluster.send("GET", roles + "/a%00b").expect(200).uid == found.uid)
            try await cluster.send("GET", roles + "/a%00").expect(404, "NotFound")
        }
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test(
        "a path that climbs does not reach what is above it",
        arguments: ["..", "%2e%2e", "..%2f..%2fsecrets%2fs", "%2e%2e%2fother", "p%2f..%2fx"])
    func climbing(segment: String) async throws {
        try await TestCluster.run { cluster in
            let jane = User(name: "jane")
            let rules = #"[{"apiGroups":[""],"resources":["pods"],"verbs":["*"]}]"#
            try await cluster.send(
                "POST", Path.rbac + "/namespaces/default/roles", Manifest.role("pods", rules: rules)
            ).expect(201)
            try await cluster.send(
                "POST", Path.rbac + "/namespaces/default/rolebindings",
                Manifest.binding("pods", role: "pods", user: "jane")
            ).expect(201)
            try await cluster.send(
                "POST", "/api/v1/namespaces/default/secrets", #"{"metadata":{"name":"s"},"stringData":{"k":"hidden"}}"#
            ).expect(201)
            let answer = try await cluster.send("GET", "\(Path.pods)/\(segment)", as: jane)
            #expect([400, 403, 404].contains(answer.status))
            #expect(!answer.text.contains("aGlkZGVu"))
            let above = try await cluster.send("GET", "\(Path.pods)/\(segment)/secrets/s", as: jane)
            #expect([400, 403, 404].contains(above.status))
            #expect(!above.text.contains("aGlkZGVu"))
        }
    }

    private static let volumes: [(spec: String, field: String)] = [
        (
            #"{"volumes":[{"name":"v","configMap":{"name":"c","items":[{"key":"k","path":"../x"}]}}]}"#,
            "spec.volumes[0].configMap.items[0].path"
        ),
        (
            #"{"volumes":[{"name":"v","secret":{"secretName":"c","items":[{"key":"k","path":"/x"}]}}]}"#,
            "spec.volumes[0].secret.items[0].path"
        ),
        (#"{"volumes":[{"name":"v","hostPath":{"path":"/a/../etc"}}]}"#, "spec.volumes[0].hostPath.path"),
        (
            #"{"volumes":[{"name":"v","downwardAPI":{"items":[{"path":"..","fieldRef":{"fieldPath":"metadata.name"}}]}}]}"#,
            "spec.volumes[0].downwardAPI.items[0].path"
        ),
        (
            #"{"volumes":[{"name":"v","projected":{"sources":[{"secret":{"name":"c","items":[{"key":"k","path":"a/../../x"}]}}]}}]}"#,
            "spec.volumes[0].projected.sources[0].secret.items[0].path"
        ),
        (
            #"{"volumes":[{"name":"v","projected":{"sources":[{"serviceAccountToken":{"path":"../token"}}]}}]}"#,
            "spec.volumes[0].projected.sources[0].serviceAccountToken.path"
        ),
        (
            #"{"volumes":[{"name":"v","configMap":{"name":"c","items":[{"key":"k","path":"..data"}]}}]}"#,
            "spec.volumes[0].configMap.items[0].path"
        ),
    ]

    @Test("no volume writes or reads outside of its folder", arguments: volumes.indices)
    func volumePaths(_ index: Int) async throws {
        try await TestCluster.run { cluster in
            let spec = Self.volumes[index].spec.dropFirst().dropLast()
            let answer = try await cluster.send("POST", Path.pods, Manifest.pod("p", spec: ",\(spec)"))
            answer.expect(422, "Invalid")
            #expect(answer.causes.contains(Self.volumes[index].field), "\(answer.message)")
        }
    }

    @Test("no container mounts what lies above its volume", arguments: ["subPath", "subPathExpr"])
    func subPaths(field: String) async throws {
        try await TestCluster.run { cluster in
            for path in ["..", "../x", "a/../../x", "/etc"] {
                let pod =
                    #"{"metadata":{"name":"p"},"spec":{"volumes":[{"name":"v","emptyDir":{}}],"containers":[{"#
                    + #""name":"c","image":"i","volumeMounts":[{"name":"v","mountPath":"/m","\#(field)":"\#(path)"}]}]}}"#
                let answer = try await cluster.send("POST", Path.pods, pod).expect(422, "Invalid")
                #expect(answer.causes == ["spec.containers[0].volumeMounts[0].\(field)"], "\(answer.message)")
            }
        }
    }

    @Test("no key of a ConfigMap or Secret leaves its folder", arguments: ["..", ".", "../x", "a/b", "..x"])
    func keys(key: String) async throws {
        try await TestCluster.run { cluster in
            for (path, field) in [(Path.configMaps, "data"), ("/api/v1/namespaces/default/secrets", "stringData")] {
                let answer = try await cluster.send(
                    "POST", path, #"{"metadata":{"name":"c"},"\#(field)":{"\#(key)":"v"}}"#)
                answer.expect(422, "Invalid")
            }
        }
    }
}
