import EtcdStore
import Glibc
import HTTPClient
import LinuxHost
import Store

/// A real etcd on free ports of the loopback, with its data in a test's folder.
struct EtcdProcess: Sendable {
    static let isInstalled = Executable.path(of: "etcd") != nil

    let folder: String
    let clientPort: Int
    var arguments: [String] = []
    var scheme = "http"

    init(folder: TemporaryFolder) throws {
        self.folder = folder.path
        clientPort = try Self.freePort()
    }

    /// The same data behind another port.
    func moved() throws -> EtcdProcess {
        EtcdProcess(folder: folder, clientPort: try Self.freePort(), arguments: arguments, scheme: scheme)
    }

    private init(folder: String, clientPort: Int, arguments: [String], scheme: String) {
        self.folder = folder
        self.clientPort = clientPort
        self.arguments = arguments
        self.scheme = scheme
    }

    var endpoint: HTTPEndpoint {
        scheme == "https"
            ? .https(host: "127.0.0.1", port: clientPort) : .http(host: "127.0.0.1", port: clientPort)
    }

    /// Runs etcd during `body`; at its end it is killed.
    func running<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
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
    func configuration(_ store: StoreConfiguration = StoreConfiguration()) -> EtcdConfiguration {
        var configuration = EtcdConfiguration(endpoints: [endpoint])
        configuration.store = store
        configuration.attempts = 100
        configuration.requestTimeout = .seconds(30)
        configuration.catchUpTimeout = .seconds(30)
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

    struct NoPort: Error { let code: Int32 }
}

/// How many etcds run at a time: each is a program of its own that wants its disk writes.
actor EtcdSlots {
    static let shared = EtcdSlots()

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
    static func withEtcd(_ body: (EtcdProcess) async throws -> Void) async throws {
        await shared.take()
        let outcome: Result<Void, any Error>
        do {
            try await TemporaryFolder.with { try await body(EtcdProcess(folder: $0)) }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await shared.giveBack()
        try outcome.get()
    }
}
