import KubeAPI
import Machinery

/// Reaches extenders; the wiring brings it along.
package protocol ExtenderTransport: Sendable {
    /// Posts JSON to one of an extender's verbs.
    /// - Returns: the answer's body, when it was a success.
    func post(_ extender: ExtenderSettings, verb: String, _ body: [UInt8]) async throws -> [UInt8]
}

/// Why an extender could not be asked.
package struct ExtenderFailure: Error, CustomStringConvertible, Sendable {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// The questions that extenders are asked, by `k8s.io/kube-scheduler/extender/v1`.
struct ExtenderCalls: Sendable {
    let transport: (any ExtenderTransport)?

    /// What an extender leaves of the nodes.
    struct Verdict: Sendable {
        var nodes: [String] = []
        /// Why others are refused, and whether other pods' going away could help.
        var refused: [(node: String, reason: String, isResolvable: Bool)] = []
    }

    func filter(
        _ extender: ExtenderSettings, _ pod: JSONObject, _ nodes: [String], _ objects: [String: Node]
    ) async throws -> Verdict {
        let answer = try await ask(extender, extender.filterVerb, arguments(extender, pod, nodes, objects))
        if let error = answer.member("Error")?.stringValue, !error.isEmpty { throw ExtenderFailure(error) }
        var verdict = Verdict()
        let names =
            answer.member("NodeNames")?.arrayValue?.compactMap(\.stringValue)
            ?? answer.member("Nodes")?["items"]?.arrayValue?.compactMap { $0["metadata"]?["name"]?.stringValue } ?? []
        // An extender narrows the choice, it adds nothing to it.
        let known = Set(nodes)
        verdict.nodes = names.filter(known.contains)
        for (key, isResolvable) in [("FailedNodes", true), ("FailedAndUnresolvableNodes", false)] {
            for member in answer.member(key)?.objectValue?.members ?? [] where known.contains(member.key) {
                verdict.refused.append((member.key, member.value.stringValue ?? "", isResolvable))
            }
        }
        return verdict
    }

    /// Scores from 0 to 10 by node.
    func prioritize(
        _ extender: ExtenderSettings, _ pod: JSONObject, _ nodes: [String], _ objects: [String: Node]
    ) async throws -> [String: Int64] {
        let body = try await post(extender, extender.prioritizeVerb, arguments(extender, pod, nodes, objects))
        guard case .array(let list) = body else { throw ExtenderFailure("the answer is no list of priorities") }
        var scores: [String: Int64] = [:]
        for entry in list {
            guard let entry = entry.objectValue, let host = entry.member("Host")?.stringValue else { continue }
            if case .int(let score)? = entry.member("Score") { scores[host] = score }
        }
        return scores
    }

    func bind(_ extender: ExtenderSettings, _ pod: PodInfo, to node: String) async throws {
        let arguments: JSONObject = [
            "PodName": .string(pod.key.name), "PodNamespace": .string(pod.key.namespace), "PodUID": .string(pod.uid),
            "Node": .string(node),
        ]
        let answer = try await ask(extender, extender.bindVerb, arguments)
        if let error = answer.member("Error")?.stringValue, !error.isEmpty { throw ExtenderFailure(error) }
    }

    private func arguments(
        _ extender: ExtenderSettings, _ pod: JSONObject, _ nodes: [String], _ objects: [String: Node]
    ) -> JSONObject {
        if extender.knowsNodes {
            return ["Pod": .object(pod), "Nodes": .null, "NodeNames": .array(nodes.map(JSON.string))]
        }
        let items = nodes.compactMap { objects[$0].map { JSON.object($0.json) } }
        let list: JSONObject = ["apiVersion": "v1", "kind": "NodeList", "metadata": [:], "items": .array(items)]
        return ["Pod": .object(pod), "Nodes": .object(list), "NodeNames": .null]
    }

    private func ask(_ extender: ExtenderSettings, _ verb: String, _ body: JSONObject) async throws -> JSONObject {
        guard case .object(let object) = try await post(extender, verb, body) else {
            throw ExtenderFailure("the answer is no object")
        }
        return object
    }

    private func post(_ extender: ExtenderSettings, _ verb: String, _ body: JSONObject) async throws -> JSON {
        guard let transport else { throw ExtenderFailure("nothing was said of how to reach extenders") }
        return try JSON(parsing: try await transport.post(extender, verb: verb, body.encoded()))
    }
}

extension JSONObject {
    /// A member whatever the case of its name: that is how extenders in Go read and write.
    fileprivate func member(_ name: String) -> JSON? {
        self[name] ?? members.first { $0.key.lowercased() == name.lowercased() }?.value
    }
}
