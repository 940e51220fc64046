import Foundation
import Synchronization

/// Makes, scales, updates and deletes workloads at random, and remembers what each should have become.
final class Churn: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case deployment = "Deployment"
        case statefulSet = "StatefulSet"
        case job = "Job"

        var path: String {
            switch self {
            case .deployment: "/apis/apps/v1/namespaces/churn/deployments"
            case .statefulSet: "/apis/apps/v1/namespaces/churn/statefulsets"
            case .job: "/apis/batch/v1/namespaces/churn/jobs"
            }
        }
    }

    /// What a workload should be.
    struct Desired: Sendable {
        let kind: Kind
        /// Replicas, or completions.
        var count: Int
        var image = 1
        var isDeleted = false
        /// How often it was scaled or updated.
        var changes = 0
    }

    private let plane: ControlPlane
    private let state = Mutex<[String: Desired]>([:])
    private let over = Mutex(false)

    init(_ plane: ControlPlane) { self.plane = plane }

    var desired: [String: Desired] { state.withLock { $0 } }
    var isOver: Bool { over.withLock { $0 } }
    func end() { over.withLock { $0 = true } }

    /// How often something was scaled, updated or deleted.
    var changeCount: Int { desired.values.reduce(0) { $0 + $1.changes + ($1.isDeleted ? 1 : 0) } }

    /// Creates so many of each kind.
    func create(_ number: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask { [self] in
                    for index in stride(from: worker, to: number, by: 4) {
                        for kind in Kind.allCases { try await create(kind, index) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func create(_ kind: Kind, _ index: Int) async throws {
        let name = "\(kind.rawValue.lowercased())-\(index)"
        let desired = Desired(kind: kind, count: kind == .job ? Int.random(in: 1...4) : Int.random(in: 1...3))
        try await persist(
            "POST", kind.path, Self.manifest(name, desired, indexed: index.isMultiple(of: 2)), [201, 409])
        state.withLock { $0[name] = desired }
    }

    /// One change of one workload.
    func change() async throws {
        guard let (name, chosen) = desired.filter({ !$0.value.isDeleted }).randomElement() else { return }
        var wanted = chosen
        let path = "\(chosen.kind.path)/\(name)"
        switch (chosen.kind, Int.random(in: 0..<10)) {
        case (_, 0):
            wanted.isDeleted = true
            try await persist("DELETE", path + "?propagationPolicy=Background", nil, [200, 202, 404])
        case (.job, _): return
        case (_, 1...5):
            wanted.count = Int.random(in: 0...5)
            wanted.changes += 1
            try await patch(path, #"{"spec":{"replicas":\#(wanted.count)}}"#)
        case (_, _):
            wanted.image += 1
            wanted.changes += 1
            let container = #"{"name":"main","image":"example.com/app:\#(wanted.image)"}"#
            try await patch(path, #"{"spec":{"template":{"spec":{"containers":[\#(container)]}}}}"#)
        }
        state.withLock { $0[name] = wanted }
    }

    private func patch(_ path: String, _ body: String) async throws {
        try await persist("PATCH", path, body, [200], type: "application/strategic-merge-patch+json")
    }

    /// Sends until the answer is one of these: servers are killed under it.
    private func persist(
        _ method: String, _ path: String, _ body: String?, _ codes: Set<Int>, type: String = "application/json"
    ) async throws {
        try await eventually(
            "\(method) \(path)", within: .seconds(60),
            { try await plane.send(method, path, body: body, type: type) },
            until: { answer in
                if codes.contains(answer.code) { return true }
                guard answer.code == 0 || answer.code == 429 || answer.code >= 500 else {
                    throw ClusterFailure.answer("\(answer)")
                }
                return false
            })
    }

    private static func manifest(_ name: String, _ desired: Desired, indexed: Bool) -> String {
        let labels = #"{"app":"\#(name)"}"#
        let container = #"{"name":"main","image":"example.com/app:1"}"#
        let metadata = #""metadata":{"name":"\#(name)"}"#
        func template(_ more: String) -> String {
            #""template":{"metadata":{"labels":\#(labels)},"spec":{\#(more)"containers":[\#(container)]}}"#
        }
        let workload = #""replicas":\#(desired.count),"selector":{"matchLabels":\#(labels)},"#
        return switch desired.kind {
        case .deployment:
            #"{"apiVersion":"apps/v1","kind":"Deployment",\#(metadata),"spec":{\#(workload)\#(template(""))}}"#
        case .statefulSet:
            #"{"apiVersion":"apps/v1","kind":"StatefulSet",\#(metadata),"spec":{\#(workload)"serviceName":"none","#
                + #""podManagementPolicy":"\#(indexed ? "Parallel" : "OrderedReady")",\#(template(""))}}"#
        case .job:
            #"{"apiVersion":"batch/v1","kind":"Job",\#(metadata),"spec":{"completions":\#(desired.count),"#
                + #""parallelism":2,"completionMode":"\#(indexed ? "Indexed" : "NonIndexed")","#
                + template(#""restartPolicy":"Never","#) + "}}"
        }
    }
}
