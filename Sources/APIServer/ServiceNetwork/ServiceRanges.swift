import KubeAPI
import KubeSchemas
import Machinery
import Store

/// The ranges that addresses of Services come from: the one the server was started with, and all ServiceCIDRs that are
/// ready and not on their way out.
struct ServiceRanges: Sendable {
    /// The server's own range.
    let network: CIDR
    let cache: WatchCache

    private static let bucket = ServiceCIDR.resource.groupResource.description
    private static let key = DerivedKey(rawValue: 10)

    /// The ranges to choose from, without double ones.
    var current: [CIDR] {
        var ranges = [network]
        for stored in cache.snapshot(Self.bucket).objects() {
            for range in Self.usable(stored) where !ranges.contains(range) { ranges.append(range) }
        }
        return ranges
    }

    /// A range with an address; nil when there is none.
    func range(of address: InternetAddress) -> CIDR? { current.first { $0.contains(address) } }

    /// One that cannot be read gives nothing.
    private static func usable(_ stored: StoredObject) -> [CIDR] {
        stored.derived.value(key) {
            guard let json = try? JSON(parsing: stored.bytes, keys: BuiltinSchemas.keys), let object = json.objectValue
            else { return [] }
            let range = ServiceCIDR(json: object)
            guard range.metadata.deletionTimestamp == nil,
                range.status.conditions.first(where: { $0.type == "Ready" })?.status ?? "True" == "True"
            else { return [] }
            return range.spec.cidrs.compactMap { CIDR($0)?.masked }
        }
    }
}

extension CIDR {
    /// Whether a Service may have the address: the first one names the range, and the last of an IPv4 range is its
    /// broadcast address.
    func isAssignable(_ candidate: InternetAddress) -> Bool {
        contains(candidate) && candidate != first && (candidate.is6 || candidate != last)
    }

    /// The part of the range that is given out last when nobody asks for an address, so that those who ask for one
    /// of its start find it free (KEP-3070).
    var staticBand: UInt128 {
        let hosts = lastOffset - (family == .v4 ? 1 : 0)
        return hosts <= 16 ? 0 : min(max(hosts / 16, 16), 256)
    }

    /// Every assignable address once, from a random one on: those above the static band first.
    func candidates() -> some Sequence<InternetAddress> {
        // Of a large IPv6 range a part is used that is never full.
        let end = min(lastOffset, 1 << 20)
        let band = min(staticBand, end)
        return [(band + 1, end), (0, band)].lazy.filter { $0.0 <= $0.1 }.flatMap { low, high in
            let count = high - low + 1
            let start = UInt128.random(in: 0..<count)
            return (0..<count).lazy.compactMap { step in address(at: low + (start + step) % count) }
        }
        .filter { isAssignable($0) }
    }
}
