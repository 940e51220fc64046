import Client
import KubeAPI
import Machinery

/// Creates children such that the outcome is known.
///
/// When a server dies or a connection breaks, a creation may have been carried out that was never answered. Another
/// child under another name would then be one too many, and a Job's index would run twice. So the same child is sent
/// again, under the same name, until a server says what has become of it.
struct SettledCreation: Sendable {
    private static let backoff = Backoff(initial: .milliseconds(50), limit: .seconds(2))

    let client: Client
    let clock: DelayClock

    /// - Throws: what a server answered; what stands for no answer only after `Expectations.patience`.
    func create<Child: KubeObject>(_ child: Child) async throws(StatusError) -> Child {
        let deadline = clock.now + Expectations.patience
        var attempt = await Self.result { () async throws(StatusError) in try await client.create(child) }
        var failures = 0
        while case .failure(let error) = attempt, error.isUnanswered, clock.now < deadline, !Task.isCancelled {
            do {
                try await clock.sleep(for: Self.backoff.delay(afterFailures: failures))
            } catch {
                break
            }
            failures += 1
            attempt = await Self.result { () async throws(StatusError) in try await repeated(child) }
        }
        return try attempt.get()
    }

    /// A child of that name is the one of the earlier attempt when its owner is the same.
    private func repeated<Child: KubeObject>(_ child: Child) async throws(StatusError) -> Child {
        do throws(StatusError) {
            return try await client.create(child)
        } catch {
            guard error.isAlreadyExists else { throw error }
            let present = try await client.get(Child.self, child.key)
            guard present.controllerOwner?.uid == child.controllerOwner?.uid else { throw error }
            return present
        }
    }

    private static func result<Child>(
        _ operation: () async throws(StatusError) -> Child
    ) async -> Result<Child, StatusError> {
        do throws(StatusError) {
            return .success(try await operation())
        } catch {
            return .failure(error)
        }
    }
}
