import EtcdStore
import Foundation
import HTTPClient
import LinuxHost
import Store

/// A real etcd on free ports of the loopback, with its data in a test's folder.
package struct EtcdProcess: Sendable {
    package static let isInstalled = Executable.path(of: "etcd") != nil

    package let folder: String
    package let clientPort: Int
    package var arguments: [String] = []
    package var scheme = "http"

    package init(folder: String) throws {
        self.folder = folder
        clientPort = try Self.freePort()
    }

    /// The same data behind another port.
    package func moved() throws -> EtcdProcess {
        EtcdProcess(folder: folder, clientPort: try Self.freePort(), arguments: arguments, scheme: scheme)
    }

    private init(folder: String, clientPort: Int, arguments: [String], scheme: String) {
        self.folder = folder
        self.clientPort = clientPort
        self.arguments = arguments
        self.scheme = scheme
    }

    package var endpoint: HTTPEndpoint {
        scheme == "https"
            ? .https(host: "127.0.0.1", port: clientPort) : .http(host: "127.0.0.1", port: clientPort)
    }

    /// Runs etcd during `body`; at its end it is killed.
    package func running<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let peer = "http://127.0.0.1:\(try Self.freePort())"
        let client = "\(scheme)://127.0.0.1:\(clientPort)"
        let command = Command(
            "etcd",
            [
                "--data-dir", folder + "/etcd", "--name", "one", "--listen-client-urls", client,
                "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
                "--initial-cluster", "one=\(peer)", "--logger", "zap", "--log-outputs", "stderr",
            ] + arguments)
        let process = Task { try await command.run() }
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body())
        } catch {
            outcome = .failure(error)
        }
        process.cancel()
        // It was killed, which is an error of its own; what it did before is the body's business.
        _ = await process.result
        return try outcome.get()
    }

    /// As patient as a store must be with an etcd that is only starting.
    package func configuration(_ store: StoreConfiguration = StoreConfiguration()) -> EtcdConfiguration {
        var configuration = EtcdConfiguration(endpoints: [endpoint])
        configuration.store = store
        configuration.attempts = 400
        configuration.attemptTimeout = .seconds(15)
        configuration.requestTimeout = .seconds(150)
        configuration.catchUpTimeout = .seconds(150)
        configuration.nudgeAfter = .seconds(5)
        configuration.compactionInterval = nil
        return configuration
    }

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw NoPort(code: errno) }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0 ? 0 : errno
            }
        }
        guard code == 0 else { throw NoPort(code: code) }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    package struct NoPort: Error { let code: Int32 }
}

/// How many etcds run at a time: each is a program of its own that wants its disk writes.
package actor EtcdSlots {
    package static let shared = EtcdSlots()

    private var free = 3
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }

    /// Runs `body` with an etcd made of nothing.
    package static func withEtcd(_ body: (EtcdProcess) async throws -> Void) async throws {
        await shared.take()
        let outcome: Result<Void, any Error>
        do {
            try await inFolder { try await body(EtcdProcess(folder: $0)) }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await shared.giveBack()
        try outcome.get()
    }
    private static func inFolder(_ body: (String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.path + "/etcd-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(path))
        } catch {
            outcome = .failure(error)
        }
        try FileManager.default.removeItem(atPath: path)
        try outcome.get()
    }
}
