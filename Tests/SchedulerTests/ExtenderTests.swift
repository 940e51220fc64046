import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Scheduler
import Synchronization
import Testing

/// Answers as an extender would.
private final class FakeExtender: ExtenderTransport {
    private let answers: [String: @Sendable (JSON) throws -> JSON]
    private let log = Mutex<[String]>([])

    init(_ answers: [String: @Sendable (JSON) throws -> JSON]) {
        self.answers = answers
    }

    var calls: [String] { log.withLock { $0 } }

    func post(_ extender: ExtenderSettings, verb: String, _ body: [UInt8]) async throws -> [UInt8] {
        let question = try JSON(parsing: body)
        let pod = question["Pod"]?["metadata"]?["name"]?.stringValue ?? question["PodName"]?.stringValue ?? ""
        log.withLock { $0.append("\(verb) \(pod)") }
        guard let answer = answers[verb] else { throw ExtenderFailure("no such verb") }
        return try answer(question).encoded()
    }
}

@Suite("Extenders", .timeLimit(.minutes(1)))
struct ExtenderTests {
    private func configuration(_ extender: String) throws -> SchedulerConfiguration {
        try SchedulerConfiguration(
            text: """
                apiVersion: kubescheduler.config.k8s.io/v1
                kind: KubeSchedulerConfiguration
                extenders:
                - {urlPrefix: "http://extender", nodeCacheCapable: true, \(extender)}
                """)
    }

    /// Runs a scheduler with an extender until the condition holds.
    private func run(
        _ server: FakeAPIServer, _ settings: String, _ extender: FakeExtender,
        until condition: @escaping @Sendable (FakeAPIServer) -> Bool
    ) async throws -> Bool {
        let client = server.client()
        let informers = InformerFactory(client: client)
        let scheduler = Scheduler(
            client: client, informers: informers, configuration: try configuration(settings), extenders: extender)
        return await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await informers.run() }
            group.addTask { try await scheduler.run() }
            let holds = await server.until(.seconds(50), condition)
            group.cancelAll()
            while await group.nextResult() != nil {}
            return holds
        }
    }

    private func server(_ nodes: [String] = ["a", "b", "c"]) -> FakeAPIServer {
        let server = FakeAPIServer()
        for name in nodes { server.seed(Make.node(name)) }
        return server
    }

    private static func node(_ server: FakeAPIServer, _ pod: String) -> String? {
        server.get(Pod.self, pod, namespace: "default")?.spec.nodeName
    }

    @Test("leave of the nodes that fit those they like, and prefer one of them")
    func choice() async throws {
        let server = server()
        server.seed(Make.pod("p"))
        let extender = FakeExtender([
            "filter": { question in
                let names = question["NodeNames"]?.arrayValue?.compactMap(\.stringValue).sorted()
                #expect(names == ["a", "b", "c"])
                return ["NodeNames": ["b", "c", "unknown"], "FailedNodes": ["a": "no"]]
            },
            "rate": { _ in [["Host": "b", "Score": 0], ["Host": "c", "Score": 10]] },
        ])
        let bound = try await run(server, "filterVerb: filter, prioritizeVerb: rate, weight: 5", extender) {
            Self.node($0, "p") == "c"
        }
        #expect(bound)
        #expect(extender.calls == ["filter p", "rate p"])
    }

    @Test("keep a pod waiting, for their own reasons, until something changes")
    func refusal() async throws {
        let server = server(["a"])
        server.seed(Make.pod("p"))
        let extender = FakeExtender([
            "filter": { question in
                let names = question["NodeNames"]?.arrayValue ?? []
                return names.contains("b") ? ["nodenames": ["b"]] : ["failednodes": ["a": "it is too blue"]]
            }
        ])
        let bound = try await run(server, "filterVerb: filter", extender) { server in
            let pod = server.get(Pod.self, "p", namespace: "default")
            let isTold = pod?.status.conditions.contains {
                $0.message?.hasPrefix("0/1 nodes are available: 1 it is too blue.") ?? false
            }
            if isTold == true, server.get(Node.self, "b", namespace: "") == nil { server.seed(Make.node("b")) }
            return pod?.spec.nodeName == "b"
        }
        #expect(bound)
    }

    @Test("that fail hold pods up, unless they may be ignored", arguments: [false, true])
    func failures(isIgnorable: Bool) async throws {
        let server = server(["a"])
        server.seed(Make.pod("p"))
        let done = try await run(server, "filterVerb: filter, ignorable: \(isIgnorable)", FakeExtender([:])) { server in
            if isIgnorable { return Self.node(server, "p") == "a" }
            return server.list(Event.self).contains {
                $0.reason == "FailedScheduling" && $0.message == "extender http://extender: no such verb"
            }
        }
        #expect(done)
        #expect(isIgnorable || Self.node(server, "p") == nil)
    }

    @Test("are asked only about pods that want what they manage, and bind these")
    func managed() async throws {
        let server = server(["a"])
        server.seed(Make.pod("plain"))
        server.seed(
            Make.pod("special") { pod in
                pod.spec.json["containers"] = [
                    ["name": "c", "resources": ["requests": ["example.com/foo": "1"]]]
                ]
            })
        let settings = "bindVerb: bind, managedResources: [{name: example.com/foo, ignoredByScheduler: true}]"
        let extender = FakeExtender([
            "bind": { question in
                #expect(question["Node"] == "a")
                #expect(question["PodUID"] == "uid-special")
                return ["Error": ""]
            }
        ])
        let bound = try await run(server, settings, extender) { server in
            Self.node(server, "plain") == "a"
                && server.list(Event.self).contains {
                    $0.reason == "Scheduled" && $0.involvedObject.name == "special"
                }
        }
        #expect(bound)
        #expect(extender.calls == ["bind special"])
    }

    @Test(
        "are refused where they cannot work",
        arguments: [
            (
                "prioritizeVerb: rate",
                "extenders[0].weight: Invalid value: 0: must have a positive weight applied to it"
            ),
            ("preemptVerb: preempt", "extenders[0].preemptVerb: Forbidden: extenders are not asked about preemption"),
            (
                "managedResources: [{name: a.b/c}, {name: a.b/c}]",
                "extenders[0].managedResources[1].name: Duplicate value: \"a.b/c\""
            ),
            (
                "bindVerb: bind}\n- {urlPrefix: http://other, bindVerb: bind",
                "extenders: Invalid value: found 2 extenders implementing bind: only one extender may implement bind"
            ),
        ])
    func mistakes(settings: String, message: String) {
        #expect(throws: SchedulerConfigurationError.self) { try configuration(settings) }
        do {
            _ = try configuration(settings)
        } catch {
            #expect("\(error)" == message)
        }
    }
}
