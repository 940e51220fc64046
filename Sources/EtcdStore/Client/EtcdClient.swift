import HTTPClient
import HTTPCore
import Machinery
import Store
import Synchronization

/// Calls of one etcd cluster: of the member that last answered, and of the next one when it fails.
///
/// A request is sent again after a failure that may pass, so a write must be such that its outcome can be told from
/// its second answer: `Answer.isRepeated` says that an attempt before may have been carried out.
final class EtcdClient: Sendable {
    struct Answer: Sendable {
        var message: [UInt8]
        var isRepeated: Bool
    }

    /// A member of the cluster, and its place among the endpoints.
    struct Member: Sendable {
        let index: Int
        let endpoint: HTTPEndpoint
        let connection: GRPCConnection
    }

    static let messageLimit = 64 << 20
    private static let pauseBase = Duration.milliseconds(25)

    private let configuration: EtcdConfiguration
    private let members: [Member]
    private let position = Atomic<Int>(0)

    init(_ configuration: EtcdConfiguration) {
        self.configuration = configuration
        members = configuration.endpoints.enumerated().map { index, endpoint in
            Member(
                index: index, endpoint: endpoint,
                connection: GRPCConnection(endpoint, tls: configuration.tls, maxMessageBytes: Self.messageLimit))
        }
    }

    /// The member to be asked.
    var current: Member { members[position.load(ordering: .relaxed)] }

    /// Has the next member asked, unless that has happened already.
    func leave(_ member: Member) {
        _ = position.compareExchange(
            expected: member.index, desired: (member.index + 1) % members.count, ordering: .relaxed)
    }

    func shutDown() {
        for member in members { member.connection.shutDown() }
    }

    func call(_ path: String, _ message: [UInt8]) async throws(StoreError) -> Answer {
        let deadline = ContinuousClock.now + configuration.requestTimeout
        var isRepeated = false
        var failure = GRPCError(.unavailable, "no attempt was made")
        for attempt in 0..<max(configuration.attempts, 1) {
            if attempt > 0, await !pause(before: attempt, until: deadline) { break }
            let member = current
            do throws(GRPCError) {
                let answer = try await member.connection.unary(
                    path, message, deadline: min(deadline, .now + configuration.attemptTimeout))
                return Answer(message: answer, isRepeated: isRepeated)
            } catch {
                guard Self.mayPass(error), !Task.isCancelled else { throw Self.storeError(error, of: member) }
                failure = GRPCError(error.code, "\(member.endpoint): \(error.message)")
                isRepeated = true
                leave(member)
            }
        }
        throw .unavailable("etcd does not answer: \(failure.message)")
    }

    /// False when the deadline comes first. Other members are asked at once.
    private func pause(before attempt: Int, until deadline: ContinuousClock.Instant) async -> Bool {
        guard attempt >= members.count else { return ContinuousClock.now < deadline }
        let pause = Self.pauseBase * (1 << min(attempt, 6))
        guard ContinuousClock.now + pause < deadline else { return false }
        do {
            try await Task.sleep(for: pause)
            return true
        } catch {
            // Cancelled: whoever asked wants no answer any more.
            return false
        }
    }

    private static func mayPass(_ error: GRPCError) -> Bool {
        switch error.code {
        case .unavailable, .deadlineExceeded: true
        default: false
        }
    }

    private static func storeError(_ error: GRPCError, of member: Member) -> StoreError {
        let words = "\(member.endpoint): \(error.message)"
        return switch error.code {
        case .resourceExhausted where error.message.contains("space exceeded"): .full("etcd at \(words)")
        case .resourceExhausted where error.message.contains("too many requests"): .overloaded(limit: 0)
        case .invalidArgument: .invalid("etcd at \(words)")
        case .unauthenticated, .permissionDenied: .unavailable("etcd refuses this server: \(words)")
        default: .unavailable("etcd at \(words)")
        }
    }

    /// What an answer that does not parse is.
    static func malformed(_ error: ProtobufError) -> StoreError {
        .unavailable("etcd answered with a malformed message: \(error.message)")
    }
}
