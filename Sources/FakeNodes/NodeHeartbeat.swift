import Client
import KubeAPI
import Machinery
import Synchronization

/// Registers nodes and gives their signs of life: a Lease often, the status seldom.
struct NodeHeartbeat: Controller {
    private enum State {
        case unknown
        case registered(lease: Lease, statusDue: ContinuousClock.Instant)
    }

    private final class States: Sendable {
        let byNumber = Mutex<[Int: State]>([:])
    }

    let client: Client
    let settings: FakeNodeSettings
    let clock: any WallClock
    /// Called for each node once it is registered.
    let onRegistered: @Sendable () -> Void
    private let states = States()

    init(
        client: Client, settings: FakeNodeSettings, clock: any WallClock,
        onRegistered: @escaping @Sendable () -> Void
    ) {
        self.client = client
        self.settings = settings
        self.clock = clock
        self.onRegistered = onRegistered
    }

    let name = "fake-node"

    func reconcile(_ number: Int) async throws -> ReconcileOutcome {
        let node = FakeNode(settings: settings, number: number)
        switch states.byNumber.withLock({ $0[number] ?? .unknown }) {
        case .unknown:
            let registered = try await register(node)
            let lease = try await claim(node, registered)
            keep(number, lease, statusDue: .now + settings.statusInterval * Double.random(in: 0.5...1))
            onRegistered()
            // Not all at the same moment, from the beginning.
            return .requeue(after: settings.leaseInterval * Double.random(in: 0...1))
        case .registered(var lease, var statusDue):
            if statusDue <= .now {
                _ = try await report(node)
                statusDue = .now + settings.statusInterval
            }
            lease.spec.renewTime = clock.now.inMicroseconds
            do throws(StatusError) {
                keep(number, try await client.update(lease), statusDue: statusDue)
            } catch {
                // Somebody else wrote or deleted it: begin anew.
                guard error.isConflict || error.isNotFound else { throw error }
                states.byNumber.withLock { $0[number] = nil }
                return .requeue(after: .seconds(1))
            }
            return .requeue(after: settings.leaseInterval)
        }
    }

    private func keep(_ number: Int, _ lease: Lease, statusDue: ContinuousClock.Instant) {
        states.byNumber.withLock { $0[number] = .registered(lease: lease, statusDue: statusDue) }
    }

    /// Makes the node, or takes over the one that is there.
    private func register(_ node: FakeNode) async throws(StatusError) -> Node {
        do throws(StatusError) {
            let made = try await client.create(node.object(at: clock.now))
            // Not every server takes the status along.
            return made.status.conditions.isEmpty ? try await report(node) : made
        } catch {
            guard error.reason == .alreadyExists else { throw error }
            return try await report(node)
        }
    }

    private func report(_ node: FakeNode) async throws(StatusError) -> Node {
        try await client.patch(
            Node.self, ObjectKey(namespace: "", name: node.name),
            .merge(["status": .object(node.status(at: clock.now))]),
            subresource: "status")
    }

    private func claim(_ node: FakeNode, _ registered: Node) async throws(StatusError) -> Lease {
        let lease = node.lease(at: clock.now, owner: registered)
        do throws(StatusError) {
            return try await client.create(lease)
        } catch {
            guard error.reason == .alreadyExists else { throw error }
            return try await client.get(Lease.self, lease.key)
        }
    }
}
