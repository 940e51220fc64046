import HTTPClient
import HTTPCore
import Machinery
import NIOCore
import PKI

/// Posts JSON to a service that a kubeconfig describes, and tries again when it fails: what the webhooks for audit,
/// authentication and authorization have in common.
package final class RemoteReviewer: Sendable {
    /// How often is tried, and how long is waited in between: each time a factor longer.
    package struct Retry: Hashable, Sendable {
        package var first: Duration
        package var factor = 1.5
        package var attempts = 5

        package init(first: Duration) { self.first = first }
    }

    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
        let isWorthRetrying: Bool
    }

    private static let maximumAnswerBytes = 8 * 1024 * 1024
    private static let jitter = 0.2

    private let config: WebhookKubeconfig
    private let client: HTTPClient
    private let retry: Retry
    private let timeout: Duration
    /// Whatever goes wrong is worth another try.
    private let retriesEverything: Bool

    /// - Parameter timeout: for one try.
    package init(
        _ config: WebhookKubeconfig, retry: Retry, timeout: Duration, retriesEverything: Bool = false
    ) throws(ConfigurationDocument.Failure) {
        self.config = config
        self.retry = retry
        self.timeout = timeout
        self.retriesEverything = retriesEverything
        do {
            client = HTTPClient(HTTPClientConfiguration(tls: try ClientTLS(config.identity)))
        } catch {
            throw ConfigurationDocument.Failure("the kubeconfig's certificates: \(error)")
        }
    }

    package func post(_ body: [UInt8]) async throws(Failure) -> [UInt8] {
        var wait = retry.first
        var attempt = 1
        while true {
            let outcome = await exchange(body)
            guard case .failure(let failure) = outcome, attempt < retry.attempts,
                retriesEverything || failure.isWorthRetrying
            else { return try outcome.get() }
            attempt += 1
            do {
                try await Task.sleep(for: wait * Double.random(in: 1...(1 + Self.jitter)))
            } catch {
                throw failure
            }
            wait = wait * retry.factor
        }
    }

    private func exchange(_ body: [UInt8]) async -> Result<[UInt8], Failure> {
        let name = GoQuote.quote(config.url)
        do {
            var request = try HTTPClientRequest(
                method: .post, url: config.url,
                headers: [
                    "Content-Type": "application/json", "Accept": "application/json, */*", "User-Agent": "gantry",
                ], body: .bytes(ByteBuffer(bytes: body)))
            if let value = try authorization() { request.headers.append("Authorization", value) }
            let deadline = ContinuousClock.now + timeout
            let answer = try await client.execute(request, deadline: deadline)
            let bytes = try await answer.body.collect(upTo: Self.maximumAnswerBytes)
            let code = answer.status.rawValue
            if (200...299).contains(code) { return .success(bytes) }
            // As webhooks of Kubernetes: what may pass, is tried again.
            let isPassing = code == 429 || code >= 500
            return .failure(Failure(description: RefusedCall.text(code, bytes), isWorthRetrying: isPassing))
        } catch {
            let text = RefusedCall.text(error, endpoint: config.url)
            return .failure(
                Failure(description: "Post \(name): \(text)", isWorthRetrying: !(error is CancellationError)))
        }
    }

    private func authorization() throws(PKIError) -> String? {
        switch config.credential {
        case .none: return nil
        case .token(let token): return "Bearer \(token)"
        case .tokenFile(let path):
            let text = String(decoding: try SecureFile.read(path), as: UTF8.self)
            return "Bearer \(text.prefix { !$0.isWhitespace })"
        case .basic(let user, let password):
            return "Basic \(PKI.Base64.standard.encode(Array("\(user):\(password)".utf8)))"
        }
    }
}
