import Foundation
import HTTPCore
import Machinery
import Store

/// Which node ports are taken, as one object of the store that is changed by compare-and-swap, so that several servers
/// on one store never give out a port twice. It has the form of Kubernetes' RangeAllocation and is not served.
final class NodePortRecord: Sendable {
    private static let key = StoreKey(bucket: "ranges", namespace: "", name: "servicenodeports")
    private static let resource = GroupResource(group: "", resource: "rangeallocations")
    /// How often a change is tried again when another server came between.
    private static let attempts = 256

    private let range: ClosedRange<Int>
    private let store: any Store
    private let cache: WatchCache
    /// Claims of this server come one after the other, rather than in each other's way.
    private let lock = AsyncLock()

    init(range: ClosedRange<Int>, store: any Store, cache: WatchCache) {
        self.range = range
        self.store = store
        self.cache = cache
    }

    /// The record at one revision; revision 0: there is none.
    struct Page: Sendable {
        var ports: Set<Int32>
        var revision: UInt64
    }

    /// The record as this server knows it.
    func page() throws(StatusError) -> Page {
        try cache.snapshot(Self.key.bucket).get(namespace: "", name: Self.key.name).map(page)
            ?? Page(ports: [], revision: 0)
    }

    /// Changes the record: `change` is called again with what another server has left when that came first.
    ///
    /// - Returns: what `change` returned last.
    func change<Result: Sendable>(
        _ change: (inout Set<Int32>) throws(StatusError) -> Result
    ) async throws(StatusError) -> Result {
        do {
            return try await lock.withLock {
                var page = try page()
                for _ in 0..<Self.attempts {
                    var ports = page.ports
                    let result = try change(&ports)
                    guard let winner = try await write(ports, over: page) else { return result }
                    page = winner
                }
                throw StatusError.internalError("the record of node ports is changed all the time")
            }
        } catch let error as StatusError {
            throw error
        } catch {
            throw StatusError.serviceUnavailable("the request was cancelled")
        }
    }

    /// Writes the record if it is still the one at `page`; otherwise returns what it is.
    func write(_ ports: Set<Int32>, over page: Page) async throws(StatusError) -> Page? {
        if ports == page.ports, page.revision > 0 { return nil }
        let write = form(ports)
        do throws(StoreError) {
            if page.revision == 0 {
                _ = try await store.create(Self.key, write)
            } else {
                _ = try await store.update(Self.key, expecting: page.revision, write)
            }
            return nil
        } catch {
            switch error {
            case .conflict(let current), .alreadyExists(let current): return try self.page(current)
            case .notFound: return Page(ports: [], revision: 0)
            default: throw StoreErrorMapping.status(error, resource: Self.resource, name: Self.key.name)
            }
        }
    }

    private func form(_ ports: Set<Int32>) -> ObjectWrite {
        var bits = [UInt8](repeating: 0, count: range.count / 8 + 1)
        for port in ports where range.contains(Int(port)) {
            let offset = Int(port) - range.lowerBound
            bits[offset / 8] |= 1 << UInt8(offset % 8)
        }
        let object: JSONObject = [
            "kind": "RangeAllocation", "apiVersion": "v1",
            "metadata": ["name": .string(Self.key.name), "resourceVersion": ""],
            "range": .string("\(range.lowerBound)-\(range.upperBound)"),
            "data": .string(Data(bits).base64EncodedString()),
        ]
        let encoded = ObjectEncoding.encode(object)
        return ObjectWrite(
            header: ObjectHeader(uid: ""), bytes: encoded.bytes, revisionOffset: encoded.revisionOffset)
    }

    private func page(_ stored: StoredObject) throws(StatusError) -> Page {
        guard let object = (try? JSON(parsing: stored.bytes))?.objectValue, let text = object.string("data"),
            let bits = Data(base64Encoded: text),
            let first = (object.string("range") ?? "").split(separator: "-").first,
            let start = Int(first)
        else { throw StatusError.internalError("the record of node ports cannot be read") }
        var ports: Set<Int32> = []
        for (index, byte) in bits.enumerated() where byte != 0 {
            for bit in 0..<8 where byte & (1 << UInt8(bit)) != 0 { ports.insert(Int32(start + index * 8 + bit)) }
        }
        return Page(ports: ports, revision: stored.revision)
    }
}
