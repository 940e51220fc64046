import CNode
import Glibc
import HTTPClient
import HTTPCore

/// Connects to ports inside another network namespace.
enum NamespaceDial {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameter namespace: the path of the namespace, or `nil` for the host's own.
    static func connect(namespace: String?, port: UInt16) async throws -> any ByteDuplex {
        guard let namespace else { return try await Dial.tcp(host: "127.0.0.1", port: Int(port)) }
        let descriptor = try await withCheckedThrowingContinuation { continuation in
            let job = Job(namespace: namespace, port: port, continuation: continuation)
            let argument = Unmanaged.passRetained(job)
            var thread = pthread_t()
            // A thread of its own, that ends with the call: nothing else ever runs in the namespace.
            let code = pthread_create(
                &thread, nil,
                { argument in
                    guard let argument else { return nil }
                    Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().run()
                    return nil
                }, argument.toOpaque())
            if code == 0 {
                pthread_detach(thread)
            } else {
                argument.release()
                continuation.resume(throwing: FileError("pthread_create", namespace, code: code))
            }
        }
        return try await Dial.adopt(fileDescriptor: descriptor)
    }

    private final class Job: Sendable {
        private let namespace: String
        private let port: UInt16
        private let continuation: CheckedContinuation<Int32, any Error>

        init(namespace: String, port: UInt16, continuation: CheckedContinuation<Int32, any Error>) {
            self.namespace = namespace
            self.port = port
            self.continuation = continuation
        }

        func run() {
            do {
                continuation.resume(returning: try connected())
            } catch {
                continuation.resume(throwing: error)
            }
        }

        private func connected() throws -> Int32 {
            let target = open(namespace, O_RDONLY | O_CLOEXEC)
            guard target >= 0 else { throw FileError("open", namespace) }
            defer { close(target) }
            guard gantry_enter_network(target) == 0 else { throw FileError("setns", namespace) }
            var failure: Int32 = 0
            for family in [AF_INET, AF_INET6] {
                let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
                guard descriptor >= 0 else { continue }
                // Bounds the connect as well.
                var limit = timeval(tv_sec: 10, tv_usec: 0)
                setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
                if connectLoopback(descriptor, family) { return descriptor }
                if failure == 0 { failure = errno }
                close(descriptor)
            }
            throw Failure(
                description:
                    "failed to connect to localhost:\(port) inside namespace: \(String(cString: strerror(failure)))")
        }

        private func connectLoopback(_ descriptor: Int32, _ family: Int32) -> Bool {
            if family == AF_INET {
                var address = sockaddr_in()
                address.sin_family = sa_family_t(AF_INET)
                address.sin_port = port.bigEndian
                address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
                return withUnsafePointer(to: &address) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                    }
                }
            }
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            address.sin6_addr = in6addr_loopback
            return withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
                }
            }
        }
    }
}
