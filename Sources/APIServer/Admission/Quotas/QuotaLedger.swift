import AdmissionRules
import KubeAPI
import Machinery
import Store
import Synchronization

/// Charges writes to the quotas of their namespaces, so that all together never get more than a quota has.
///
/// What is used is changed by compare-and-swap, so other servers and the controller that counts may write at the same
/// time. Within this server the writes of a namespace stand in line, and the first in line settles for all behind it:
/// a hundred pods at once are a few writes of their quota.
final class QuotaLedger: Sendable {
    /// A write to be judged and charged.
    struct Charge: Sendable {
        let request: QuotaRequest
        let decision: QuotaDecision
        /// Judged, not charged.
        let isDryRun: Bool
    }

    /// Why a charge was not made; `nil` when it was.
    typealias Verdict = Result<QuotaRefusal?, StatusError>

    private enum Turn: Sendable {
        /// To settle, for oneself and those behind.
        case lead
        case settled(Verdict)
        /// Too many stand in line.
        case refused
    }

    private struct Waiter: Sendable {
        let charge: Charge
        let continuation: CheckedContinuation<Turn, Never>
    }

    private static let maximumLine = 1024
    private static let maximumBatch = 128
    private static let attempts = 16

    private let books: QuotaBooks
    /// Those who wait, by namespace; a namespace is here while somebody settles.
    private let lines = Mutex<[String: [Waiter]]>([:])

    init(_ books: QuotaBooks) {
        self.books = books
    }

    func hasQuotas(in namespace: String) -> Bool { books.hasQuotas(in: namespace) }

    /// - Returns: why the write may not be; `nil` when it was charged.
    func charge(_ charge: Charge, in namespace: String) async throws(StatusError) -> QuotaRefusal? {
        switch await enter(charge, namespace) {
        case .settled(let verdict): return try verdict.get()
        case .refused:
            throw StatusError.tooManyRequests("too many writes wait for the quotas of namespace \(namespace)")
        case .lead: break
        }
        let others = takeOthers(in: namespace)
        let verdicts = await settle([charge] + others.map(\.charge), in: namespace)
        for (other, verdict) in zip(others, verdicts.dropFirst()) {
            other.continuation.resume(returning: .settled(verdict))
        }
        passOn(namespace)
        return try verdicts[0].get()
    }

    // MARK: The line

    private func enter(_ charge: Charge, _ namespace: String) async -> Turn {
        await withCheckedContinuation { continuation in
            let turn: Turn? = lines.withLock { lines in
                guard let line = lines[namespace] else {
                    lines[namespace] = []
                    return .lead
                }
                guard line.count < Self.maximumLine else { return .refused }
                lines[namespace]?.append(Waiter(charge: charge, continuation: continuation))
                return nil
            }
            if let turn { continuation.resume(returning: turn) }
        }
    }

    private func takeOthers(in namespace: String) -> [Waiter] {
        lines.withLock { lines in
            let taken = Array((lines[namespace] ?? []).prefix(Self.maximumBatch))
            lines[namespace]?.removeFirst(taken.count)
            return taken
        }
    }

    /// Lets the next in line settle, or ends the line.
    private func passOn(_ namespace: String) {
        let next: Waiter? = lines.withLock { lines in
            guard lines[namespace]?.isEmpty == false else {
                lines[namespace] = nil
                return nil
            }
            return lines[namespace]?.removeFirst()
        }
        next?.continuation.resume(returning: .lead)
    }

    // MARK: Settling

    /// Judges charges one after the other, each after those before it were made, and enters them in the quotas.
    private func settle(_ charges: [Charge], in namespace: String) async -> [Verdict] {
        var verdicts = [Verdict](repeating: .success(nil), count: charges.count)
        // The quotas in which charges are still to be entered; at first all.
        var open: Set<String>?
        for _ in 0..<Self.attempts {
            do throws(StatusError) {
                let pages = try books.pages(of: namespace).filter { open?.contains($0.state.name) ?? true }
                let states = Self.judge(charges, &verdicts, by: pages.map(\.state))
                let changed = zip(pages, states).filter { $0.state.used != $1.used }
                open = try await books.enter(changed.map { ($0, $1.used) })
                if open?.isEmpty == true { return verdicts }
            } catch {
                return verdicts.map { verdict in
                    if case .success(nil) = verdict { return .failure(error) }
                    return verdict
                }
            }
        }
        let failure = StatusError.conflict(ResourceQuota.resource.groupResource, name: open?.min() ?? "")
        return verdicts.map { verdict in
            if case .success(nil) = verdict { return .failure(failure) }
            return verdict
        }
    }

    /// - Returns: the quotas with everything charged that none of them refuses.
    private static func judge(
        _ charges: [Charge], _ verdicts: inout [Verdict], by quotas: [QuotaState]
    ) -> [QuotaState] {
        var states = quotas
        for (index, charge) in charges.enumerated() {
            guard case .success(nil) = verdicts[index] else { continue }
            do throws(QuotaRefusal) {
                let charged = try charge.decision.charge(charge.request, to: states)
                if !charge.isDryRun { states = charged }
            } catch {
                verdicts[index] = .success(error)
            }
        }
        return states
    }
}
