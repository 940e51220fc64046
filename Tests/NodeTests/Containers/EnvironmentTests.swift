import KubeAPI
import Machinery
import Node
import Testing

struct StaticObjects: RetainingPodObjects {
    var configMaps: [ObjectKey: ConfigMap] = [:]
    var secrets: [ObjectKey: Secret] = [:]
    var allServices: [Service] = []
    var claims: [ObjectKey: PersistentVolumeClaim] = [:]
    var persistentVolumes: [String: PersistentVolume] = [:]

    func configMap(_ key: ObjectKey) async throws(StatusError) -> ConfigMap? { configMaps[key] }
    func secret(_ key: ObjectKey) async throws(StatusError) -> Secret? { secrets[key] }
    func claim(_ key: ObjectKey) async throws(StatusError) -> PersistentVolumeClaim? { claims[key] }
    func persistentVolume(_ name: String) async throws(StatusError) -> PersistentVolume? { persistentVolumes[name] }
    func services(namespace: String) -> [Service] { allServices }
    func retain(_ pod: Pod) {}
    func release(uid: String) {}
}

@Suite struct EnvironmentTests {
    private var objects: StaticObjects {
        get throws {
            var map = ConfigMap(name: "settings", namespace: "default")
            map.data = ["COLOR": "green", "SIZE": "4"]
            var secret = Secret(name: "login", namespace: "default")
            secret.data = ["password": "aHVudGVyMg=="]
            let service: Service = try Pods.parse(
                """
                {"metadata":{"name":"my-db","namespace":"default"},
                 "spec":{"clusterIP":"10.96.3.4","ports":[{"name":"sql","port":5432,"protocol":"TCP"}]}}
                """)
            return StaticObjects(
                configMaps: [map.key: map], secrets: [secret.key: secret], allServices: [service])
        }
    }

    private func variables(_ container: String, pod change: (inout Pod) -> Void = { _ in }) async throws
        -> [String: String]
    {
        let pod = Pods.pod(change: change)
        let fields = DownwardFields(
            pod: pod, podAddresses: ["10.244.0.7"], hostAddresses: ["192.0.2.10"],
            allocatable: ["memory": Quantity(1 << 30), "cpu": Quantity(2)])
        let parsed: Container = try Pods.parse(container)
        let list = try await EnvironmentBuilder(fields: fields, objects: try objects).variables(parsed)
        return Dictionary(list.map { ($0.name, $0.value) }) { $1 }
    }

    @Test func valuesComeFromEverywhere() async throws {
        let result = try await variables(
            """
            {"name":"c","envFrom":[{"prefix":"P_","configMapRef":{"name":"settings"}}],
             "resources":{"limits":{"cpu":"1500m"}},
             "env":[{"name":"A","value":"x"},{"name":"B","value":"$(A)-$(P_COLOR)-$(NONE)-$$(A)"},
              {"name":"PASS","valueFrom":{"secretKeyRef":{"name":"login","key":"password"}}},
              {"name":"IP","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}},
              {"name":"APP","valueFrom":{"fieldRef":{"fieldPath":"metadata.labels['app']"}}},
              {"name":"CPU","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu"}}},
              {"name":"MEM","valueFrom":{"resourceFieldRef":{"resource":"limits.memory","divisor":"1Mi"}}},
              {"name":"MAYBE","valueFrom":{"configMapKeyRef":{"name":"none","key":"k","optional":true}}}]}
            """
        ) { $0.metadata.labels = ["app": "shop"] }
        #expect(result["P_COLOR"] == "green")
        #expect(result["B"] == "x-green-$(NONE)-$(A)")
        #expect(result["PASS"] == "hunter2")
        #expect(result["IP"] == "10.244.0.7")
        #expect(result["APP"] == "shop")
        #expect(result["CPU"] == "2")
        #expect(result["MEM"] == "1024")
        #expect(result["MAYBE"] == nil)
        #expect(result["MY_DB_SERVICE_HOST"] == "10.96.3.4")
        #expect(result["MY_DB_SERVICE_PORT_SQL"] == "5432")
        #expect(result["MY_DB_PORT_5432_TCP"] == "tcp://10.96.3.4:5432")
    }

    @Test func serviceVariablesCanBeTurnedOff() async throws {
        let result = try await variables(#"{"name":"c"}"#) { $0.spec.enableServiceLinks = false }
        #expect(result.isEmpty)
    }

    @Test(arguments: [
        (
            #"{"name":"c","env":[{"name":"A","valueFrom":{"configMapKeyRef":{"name":"none","key":"k"}}}]}"#,
            "configmap \"none\" not found"
        ),
        (
            #"{"name":"c","env":[{"name":"A","valueFrom":{"configMapKeyRef":{"name":"settings","key":"k"}}}]}"#,
            "couldn't find key k in ConfigMap default/settings"
        ),
        (#"{"name":"c","envFrom":[{"secretRef":{"name":"none"}}]}"#, "secret \"none\" not found"),
    ])
    func whatIsMissingIsNamed(container: String, message: String) async throws {
        let error = await #expect(throws: ContainerStartError.self) { try await variables(container) }
        #expect(error?.reason == "CreateContainerConfigError")
        #expect(error?.message == message)
    }

    @Test(arguments: [
        ("$(A)", "1"), ("$$(A)", "$(A)"), ("$(B)", "$(B)"), ("a$", "a$"), ("$(A", "$(A"), ("$x", "$x"),
        ("$$$(A)", "$1"),
    ])
    func expansionFollowsItsRules(text: String, expected: String) {
        #expect(VariableExpansion.expand(text) { ["A": "1"][$0] } == expected)
    }
}
