import CRI
import HTTPClient
import HTTPCore
import KubeAPI
import KubeSchemas
import Machinery

/// What one try of a probe or hook found.
package enum ProbeOutcome: Hashable, Sendable {
    case success
    case failure(String)
}

/// Where a probe or hook is aimed at.
package struct ProbeTarget: Sendable {
    package let containerID: String
    package let container: Container
    /// The pod's address, which a probe without a host means.
    package let podAddress: String

    package init(containerID: String, container: Container, podAddress: String) {
        self.containerID = containerID
        self.container = container
        self.podAddress = podAddress
    }

    /// A port by number, or by its name among the container's ports.
    func port(_ port: IntOrString?) -> Int? {
        let number: Int?
        switch port {
        case .int(let value): number = Int(value)
        case .string(let name):
            number = Int(name) ?? container.ports.first { $0.name == name }.map { Int($0.containerPort) }
        case nil: number = nil
        }
        guard let number, (1...65535).contains(number) else { return nil }
        return number
    }
}

/// One try of a probe: a seam, so that tests of their timing need no network.
package protocol ProbeRunner: Sendable {
    func run(_ probe: Probe, on target: ProbeTarget, timeout: Duration) async -> ProbeOutcome
    /// Calls a lifecycle hook, `sleep` aside.
    func run(_ hook: LifecycleHandler, on target: ProbeTarget, timeout: Duration) async -> ProbeOutcome
}

/// Probes and hooks over the network and through the runtime.
package final class NetworkProbeRunner: ProbeRunner {
    /// The most of an answer or an output that is kept for messages.
    private static let messageLimit = 10 << 10

    private let runtime: any RuntimeService
    private let client: HTTPClient

    /// - Throws: what TLS says when it cannot be set up.
    package init(runtime: any RuntimeService) throws {
        self.runtime = runtime
        // Probes believe any certificate: they ask whether a server answers, not who it is.
        var configuration = HTTPClientConfiguration(tls: try ClientTLS(.init(trust: .insecureSkipVerify)))
        configuration.protocols = .http1
        // Every try proves that the server takes connections.
        configuration.idleTimeout = .milliseconds(1)
        client = HTTPClient(configuration)
    }

    package func run(_ probe: Probe, on target: ProbeTarget, timeout: Duration) async -> ProbeOutcome {
        if let exec = probe.exec { return await run(exec.command, target, timeout) }
        if let get = probe.httpGet {
            return await self.get(get, target, timeout, words: "HTTP probe failed with statuscode: ")
        }
        if let socket = probe.tcpSocket { return await connect(socket, target, timeout) }
        if let grpc = probe.grpc { return await check(grpc, target, timeout) }
        return .failure("the probe names no action")
    }

    package func run(_ hook: LifecycleHandler, on target: ProbeTarget, timeout: Duration) async -> ProbeOutcome {
        if let exec = hook.exec { return await run(exec.command, target, timeout) }
        if let get = hook.httpGet {
            return await self.get(get, target, timeout, words: "HTTP hook failed with statuscode: ")
        }
        if let socket = hook.tcpSocket { return await connect(socket, target, timeout) }
        return .failure("the hook names no action")
    }

    private func run(_ command: [String], _ target: ProbeTarget, _ timeout: Duration) async -> ProbeOutcome {
        let seconds = max(timeout.components.seconds, 1)
        do {
            let result = try await runtime.execSync(target.containerID, command: command, timeout: seconds)
            guard result.exitCode != 0 else { return .success }
            let output = (NodeBase64.decode(result.stdout) ?? []) + (NodeBase64.decode(result.stderr) ?? [])
            return .failure(String(decoding: output.prefix(Self.messageLimit), as: UTF8.self))
        } catch  where error.code == .deadlineExceeded {
            return .failure("command timed out: \"\(command.joined(separator: " "))\" timed out after \(seconds)s")
        } catch {
            return .failure("\(error)")
        }
    }

    private func get(
        _ action: HTTPGetAction, _ target: ProbeTarget, _ timeout: Duration, words: String
    ) async -> ProbeOutcome {
        guard let port = target.port(action.port) else { return .failure("the port of the action is not known") }
        let host = action.host.flatMap { $0.isEmpty ? nil : $0 } ?? target.podAddress
        let isSecure = (action.scheme ?? "HTTP").uppercased() == "HTTPS"
        var path = action.path ?? "/"
        if !path.hasPrefix("/") { path = "/" + path }
        let endpoint: HTTPEndpoint = isSecure ? .https(host: host, port: port) : .http(host: host, port: port)
        var headers: HTTPHeaders = [:]
        for header in action.httpHeaders { headers.append(header.name, header.value) }
        if !headers.contains("user-agent") { headers.append("user-agent", "kube-probe/1.36") }
        if !headers.contains("accept") { headers.append("accept", "*/*") }
        let request = HTTPClientRequest(method: .get, endpoint: endpoint, target: path, headers: headers)
        do {
            let response = try await client.execute(request, deadline: .now + timeout)
            response.body.discard()
            let code = response.status.rawValue
            return (200..<400).contains(code) ? .success : .failure(words + String(code))
        } catch {
            return .failure("Get \"\(endpoint)\(path)\": \(error)")
        }
    }

    private func connect(_ action: TCPSocketAction, _ target: ProbeTarget, _ timeout: Duration) async -> ProbeOutcome {
        guard let port = target.port(action.port) else { return .failure("the port of the action is not known") }
        let host = action.host.flatMap { $0.isEmpty ? nil : $0 } ?? target.podAddress
        do {
            await (try Dial.tcp(host: host, port: port, timeout: timeout)).close()
            return .success
        } catch {
            return .failure("dial tcp \(host):\(port): \(error)")
        }
    }

    private func check(_ action: GRPCAction, _ target: ProbeTarget, _ timeout: Duration) async -> ProbeOutcome {
        let connection = GRPCConnection(
            .http(host: target.podAddress, port: Int(action.port)), userAgent: "kube-probe/1.36")
        defer { connection.shutDown() }
        // HealthCheckRequest: field 1 is the service's name.
        let service = Array((action.service ?? "").utf8.prefix(127))
        let message = service.isEmpty ? [] : [0x0A, UInt8(service.count)] + service
        do {
            let answer = try await connection.unary(
                "/grpc.health.v1.Health/Check", message, deadline: .now + timeout)
            // HealthCheckResponse: field 1 is the status, 1 means serving.
            return answer.starts(with: [0x08, 0x01])
                ? .success : .failure("service unhealthy (responded with \"\(answer.count > 1 ? answer[1] : 0)\")")
        } catch  where error.code == .unimplemented {
            return .failure(
                "error: this server does not implement the grpc health protocol (grpc.health.v1.Health): "
                    + error.message
            )
        } catch  where error.code == .deadlineExceeded || error.code == .unavailable {
            return .failure(
                "timeout: failed to connect service \"\(target.podAddress):\(action.port)\" within \(timeout): "
                    + error.message
            )
        } catch {
            return .failure("error: health rpc probe failed: \(error)")
        }
    }
}
