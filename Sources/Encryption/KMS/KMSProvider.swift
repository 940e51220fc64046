import Synchronization

/// Encryption with the keys of a key service: each server has a seed of its own that the service encrypted, and derives
/// a key for each write from it, so the service is asked at the start and when its key changes, not for each object.
final class KMSProvider: StorageProvider {
    private struct Seed {
        var cipher: DerivedKeyGCM
        var source: KMSClient.Sealed
    }

    private struct State {
        var current: Seed?
        /// Opened seeds, of other servers and of earlier keys, by their ciphertext.
        var known: [[UInt8]: DerivedKeyGCM] = [:]
    }

    /// How often the service is asked for its state while all is not well.
    private static let troublePeriod = Duration.seconds(10)
    /// How many seeds are remembered.
    private static let knownLimit = 1_000

    let name: String
    let endpoint: String
    let prefix: [UInt8]
    private let client: KMSClient
    private let period: Duration
    private let state = Mutex(State())

    /// - Parameters:
    ///   - endpoint: `unix://` and a path; one that begins with `@` is in the abstract name space.
    ///   - period: how often the service is asked for its state while all is well.
    init(name: String, endpoint: String, timeout: Duration, period: Duration) {
        self.name = name
        self.endpoint = endpoint
        self.period = period
        prefix = Array("k8s:enc:kms:v2:\(name):".utf8)
        client = KMSClient(path: String(endpoint.dropFirst("unix://".count)), timeout: timeout)
    }

    deinit { client.shutDown() }

    var writing: String {
        "kms:\(name):" + state.withLock { $0.current?.source.keyID ?? "" }
    }

    func seal(_ plain: [UInt8], context: [UInt8]) throws(CipherError) -> [UInt8] {
        guard let seed = state.withLock({ $0.current }) else {
            throw CipherError("the key service \(name) has not given a key yet")
        }
        return EncryptedObject(data: try seed.cipher.seal(plain, context: context), source: seed.source).encoded
    }

    func open(_ value: [UInt8], context: [UInt8]) throws(CipherError) -> Opening {
        let object = try EncryptedObject(value)
        guard let cipher = state.withLock({ $0.known[object.source.ciphertext] }) else { return .needsKey }
        return .plain(
            try cipher.open(object.data, context: context), writing: "kms:\(name):\(object.source.keyID)")
    }

    func prepare(_ value: [UInt8]) async {
        do throws(CipherError) {
            let object = try EncryptedObject(value)
            guard state.withLock({ $0.known[object.source.ciphertext] == nil }) else { return }
            let seed: [UInt8]
            do throws(KMSError) {
                seed = try await client.decrypt(object.source)
            } catch {
                // Whoever opens the value is told that the key is missing.
                return
            }
            remember(seed, object.source.ciphertext)
        } catch {
            // Whoever opens the value is told what is wrong with it.
            return
        }
    }

    /// Makes a seed where there is none, or where the service's key is another one than that which encrypted it.
    func renew() async throws(KMSError) {
        let keyID = try await client.status()
        guard state.withLock({ $0.current?.source.keyID != keyID }) else { return }
        let seed: [UInt8]
        do throws(CipherError) {
            seed = try RandomBytes.make(DerivedKeyGCM.seedLength)
        } catch {
            throw KMSError("no seed could be made: \(error)")
        }
        let source = try await client.encrypt(seed)
        remember(seed, source.ciphertext)
        state.withLock { $0.current = Seed(cipher: DerivedKeyGCM(seed: seed), source: source) }
    }

    /// Looks for another key of the service until cancelled.
    func run() async {
        var pause = period
        while true {
            do {
                try await Task.sleep(for: pause)
            } catch {
                // Cancelled.
                return
            }
            do throws(KMSError) {
                try await renew()
                pause = period
            } catch {
                // The seed in use stays good; the service is asked again soon.
                pause = min(period, Self.troublePeriod)
            }
        }
    }

    private func remember(_ seed: [UInt8], _ ciphertext: [UInt8]) {
        state.withLock { state in
            // All of them are asked for again when they are needed, the current one is kept.
            if state.known.count >= Self.knownLimit {
                state.known = state.known.filter { $0.key == state.current?.source.ciphertext }
            }
            state.known[ciphertext] = DerivedKeyGCM(seed: seed)
        }
    }
}
