import Foundation
import Testing

extension Clusters {
    /// Two processes with controllers, one Lease: what the audit log says of who wrote when.
    @Suite("Leadership", .timeLimit(.minutes(10)))
    struct Leadership {
        /// How the leader loses its Lease.
        enum Loss: String, CaseIterable, CustomTestStringConvertible {
            /// SIGSTOP, in the midst of its writes.
            case paused
            /// Its network is cut, and comes back.
            case partitioned

            var testDescription: String { rawValue }

            /// A network that is cut and comes back takes its time: only in the soak.
            static var tried: [Loss] { Cluster.isSoak ? allCases : [.paused] }
        }

        private static let rounds = Cluster.isSoak ? 5 : 1

        @Test(
            "A leader that was paused or cut off never writes after another one took its Lease",
            arguments: Loss.tried)
        func neverWritesLate(loss: Loss) async throws {
            let machine = try await SecondMachine.plug()
            do {
                for round in 1...Self.rounds { try await trial(machine, loss, round) }
                try await machine.unplug()
            } catch {
                try await machine.unplug()
                throw error
            }
        }

        private func trial(_ machine: SecondMachine, _ loss: Loss, _ round: Int) async throws {
            let policy = "/tmp/gantry-audit-\(UUID().uuidString.prefix(8)).yaml"
            let rules = """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]
                rules: [{level: None, verbs: [get, list, watch]}, {level: Metadata, users: [first, second]}, {level: None}]
                """
            try Data(rules.utf8).write(to: URL(fileURLWithPath: policy))
            defer { try? FileManager.default.removeItem(atPath: policy) }
            let log = policy + ".log"
            defer { try? FileManager.default.removeItem(atPath: log) }
            let plane = try await ControlPlane.start([
                "--api-only", "--address", machine.hostAddress, "--audit-policy-file", policy, "--audit-log-path", log,
                "--audit-log-mode", "blocking",
            ])
            do {
                try await lose(plane, machine, loss, log)
                try await plane.purge()
            } catch {
                try await plane.purge()
                throw error
            }
        }

        private func lose(_ plane: ControlPlane, _ machine: SecondMachine, _ loss: Loss, _ log: String) async throws {
            let first = try plane.run(
                "first",
                ["controllers", "--kubeconfig", try await plane.kubeconfig("first", address: machine.hostAddress)],
                prefix: ["nsenter", "--net=/run/netns/\(machine.name)"])
            try await eventually(
                "the first one leads", { try AuditedWrite.read(log).contains { $0.user == "first" } }, until: { $0 })
            try plane.run("second", ["controllers", "--kubeconfig", try await plane.kubeconfig("second")])
            let writer = Task { try await load(plane) }
            defer { writer.cancel() }
            let begun = try AuditedWrite.read(log).count
            try await eventually(
                "the leader writes", within: .seconds(60), { try AuditedWrite.read(log).count },
                until: { $0 > begun + Int.random(in: 20...60) })

            try await lose(first, machine, loss)
            try await eventually(
                "the second one leads", within: .seconds(60),
                { try AuditedWrite.read(log).contains { $0.user == "second" && $0.isOther } }, until: { $0 })
            if loss == .paused { first.signal(SIGCONT) } else { try await machine.reconnect() }
            // It ends by itself, as it cannot know how far behind it is.
            let code = await first.ended()
            #expect(code != 0 && code < 128, "exit code \(code)")
            let before = try AuditedWrite.read(log).count
            // What was still under way in the network has had its chance.
            try await eventually(
                "the second one goes on", within: .seconds(60), { try AuditedWrite.read(log).count },
                until: { $0 > before + 50 })
            writer.cancel()
            _ = await writer.result

            let all = try AuditedWrite.read(log)
            let takeover = try #require(all.firstIndex { $0.user == "second" })
            let late = all[takeover...].filter { $0.user == "first" && $0.code < 300 }
            #expect(late.isEmpty, "written after the second one acquired the Lease: \(late.prefix(5))")
            measured("\(loss): writes of the first leader", Double(all[..<takeover].count), "writes")
            measured("\(loss): writes of the second leader", Double(all[takeover...].count), "writes")
        }

        private func lose(_ first: Background, _ machine: SecondMachine, _ loss: Loss) async throws {
            switch loss {
            case .paused: first.signal(SIGSTOP)
            case .partitioned: try await machine.disconnect()
            }
        }

        /// Always something to do for controllers: Deployments that come and go.
        private func load(_ plane: ControlPlane) async throws {
            var number = 0
            while !Task.isCancelled {
                number += 1
                let name = "w\(number % 20)"
                let container = #"{"name":"main","image":"example.com/app:\#(number)"}"#
                let labels = #"{"app":"\#(name)"}"#
                let spec =
                    #"{"replicas":5,"selector":{"matchLabels":\#(labels)},"template":{"metadata":{"labels":\#(labels)},"#
                    + #""spec":{"containers":[\#(container)]}}}"#
                let body =
                    #"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"\#(name)"},"spec":\#(spec)}"#
                let path = "/apis/apps/v1/namespaces/default/deployments"
                _ = try await plane.send("POST", path, body: body)
                if number > 10 { _ = try await plane.send("DELETE", "\(path)/w\((number + 10) % 20)") }
            }
        }
    }
}

/// One line of an audit log, as far as these tests look at it.
private struct AuditedWrite: Sendable, CustomStringConvertible {
    let user: String
    let verb: String
    let path: String
    let code: Int

    /// Not the Lease itself.
    var isOther: Bool { !path.contains("/leases/") }
    var description: String { "\(user) \(verb) \(path) \(code)" }

    /// In the order in which the server answered.
    static func read(_ path: String) throws -> [AuditedWrite] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            guard let event = (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any],
                let user = (event["user"] as? [String: Any])?["username"] as? String,
                let verb = event["verb"] as? String, let path = event["requestURI"] as? String
            else { return nil }
            let code = (event["responseStatus"] as? [String: Any])?["code"] as? Int ?? 0
            return AuditedWrite(user: user, verb: verb, path: path, code: code)
        }
    }
}
