import Machinery
import Store

/// The requests that the store makes.
extension EtcdClient {
    func range(_ range: EtcdRange) async throws(StoreError) -> EtcdRange.Response {
        let answer = try await call("/etcdserverpb.KV/Range", range.encoded)
        do throws(ProtobufError) {
            return try EtcdRange.Response(answer.message)
        } catch {
            throw Self.malformed(error)
        }
    }

    /// - Returns: the outcome, and whether an earlier attempt may have been carried out.
    func transact(
        _ transaction: EtcdTransaction
    ) async throws(StoreError) -> (response: EtcdTransaction.Response, isRepeated: Bool) {
        let message: [UInt8]
        do throws(ProtobufError) {
            message = try transaction.encoded()
        } catch {
            throw .invalid(error.message)
        }
        let answer = try await call("/etcdserverpb.KV/Txn", message)
        do throws(ProtobufError) {
            return (try EtcdTransaction.Response(answer.message), answer.isRepeated)
        } catch {
            throw Self.malformed(error)
        }
    }

    func put(_ key: [UInt8], _ value: [UInt8]) async throws(StoreError) {
        var writer = ProtobufWriter()
        writer.data(1, key)
        writer.data(2, value)
        _ = try await call("/etcdserverpb.KV/Put", writer.bytes)
    }

    /// Removes the history before a revision; nothing where that has been done.
    func compact(before revision: UInt64) async throws(StoreError) {
        var writer = ProtobufWriter()
        writer.integer(1, Int64(revision))
        do throws(StoreError) {
            _ = try await call("/etcdserverpb.KV/Compact", writer.bytes)
        } catch {
            guard case .unavailable(let reason) = error, reason.contains("has been compacted") else { throw error }
        }
    }

    /// Whether the member asked answers a progress request behind the events it has sent, which etcd does from
    /// 3.4.25 and 3.5.8 on (etcd issue 15220).
    func hasOrderedProgress() async throws(StoreError) -> Bool {
        let answer = try await call("/etcdserverpb.Maintenance/Status", [])
        var version = ""
        do throws(ProtobufError) {
            try EtcdMessage.read(answer.message) { number, field in if number == 2 { version = field.text } }
        } catch {
            throw Self.malformed(error)
        }
        return EtcdVersion(version)?.hasOrderedProgress ?? false
    }
}

/// A version of etcd, `3.5.21`.
struct EtcdVersion: Sendable {
    var numbers: [Int]

    init?(_ text: String) {
        let numbers = text.prefix { $0 != "-" && $0 != "+" }.split(separator: ".").map { Int($0) }
        guard numbers.count == 3, !numbers.contains(nil) else { return nil }
        self.numbers = numbers.compactMap(\.self)
    }

    var hasOrderedProgress: Bool {
        let minor = (numbers[0], numbers[1])
        if minor == (3, 4) { return numbers[2] >= 25 }
        if minor == (3, 5) { return numbers[2] >= 8 }
        return minor > (3, 5)
    }
}
