import APIServer
import KubeAPI
import Machinery
import Testing

@Suite("A pod's row in a table")
struct PodCellsTests {
    struct Case: Sendable, CustomStringConvertible {
        let description: String
        let pod: String
        /// Ready, status and restarts.
        let shown: [String]
    }

    private static let now = Timestamp(seconds: 1_800_000_000)

    private static let cases = [
        Case(
            description: "pending, without a node",
            pod: #"{"spec":{"containers":[{"name":"a"}]},"status":{"phase":"Pending"}}"#,
            shown: ["0/1", "Pending", "0"]),
        Case(
            description: "running and ready",
            pod: """
                {"spec":{"containers":[{"name":"a"}]},"status":{"phase":"Running","containerStatuses":[
                {"name":"a","ready":true,"restartCount":0,"state":{"running":{}}}]}}
                """,
            shown: ["1/1", "Running", "0"]),
        Case(
            description: "crashing over and over",
            pod: """
                {"spec":{"containers":[{"name":"a"}]},"status":{"phase":"Running","containerStatuses":[
                {"name":"a","ready":false,"restartCount":3,"state":{"waiting":{"reason":"CrashLoopBackOff"}},
                "lastState":{"terminated":{"exitCode":1,"finishedAt":"2027-01-15T07:55:00Z"}}}]}}
                """,
            shown: ["0/1", "CrashLoopBackOff", "3 (5m ago)"]),
        Case(
            description: "ended without a reason",
            pod: """
                {"spec":{"containers":[{"name":"a"}]},"status":{"phase":"Failed","containerStatuses":[
                {"name":"a","ready":false,"restartCount":0,"state":{"terminated":{"exitCode":3}}}]}}
                """,
            shown: ["0/1", "ExitCode:3", "0"]),
        Case(
            description: "second init container at work",
            pod: """
                {"spec":{"initContainers":[{"name":"i"},{"name":"j"}],"containers":[{"name":"a"}]},
                "status":{"phase":"Pending","initContainerStatuses":[
                {"name":"i","ready":true,"restartCount":0,"state":{"terminated":{"exitCode":0}}},
                {"name":"j","ready":false,"restartCount":0,"state":{"running":{}}}]}}
                """,
            shown: ["0/1", "Init:1/2", "0"]),
        Case(
            description: "init container crashing",
            pod: """
                {"spec":{"initContainers":[{"name":"i"}],"containers":[{"name":"a"}]},
                "status":{"phase":"Pending","initContainerStatuses":[
                {"name":"i","ready":false,"restartCount":2,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}}
                """,
            shown: ["0/1", "Init:CrashLoopBackOff", "2"]),
        Case(
            description: "being deleted",
            pod: """
                {"metadata":{"deletionTimestamp":"2027-01-15T08:00:00Z"},"spec":{"containers":[{"name":"a"}]},
                "status":{"phase":"Running"}}
                """,
            shown: ["0/1", "Terminating", "0"]),
        Case(
            description: "evicted",
            pod: #"{"spec":{"containers":[{"name":"a"}]},"status":{"phase":"Failed","reason":"Evicted"}}"#,
            shown: ["0/1", "Evicted", "0"]),
    ]

    @Test("shows what state the pod is in", arguments: cases)
    func state(_ example: Case) throws {
        let pod = Pod(try JSON(parsing: example.pod))
        let strategy = try #require(StrategyCatalog.all[Pod.resource])
        let cells = row(strategy, pod)
        #expect(cells.count == strategy.columns.count)
        #expect(cells[1...3].map(\.stringValue) == example.shown)
    }

    private func row(_ strategy: some Strategy, _ pod: Pod) -> [JSON] {
        strategy.cells(.init(json: pod.json), now: Self.now)
    }
}
