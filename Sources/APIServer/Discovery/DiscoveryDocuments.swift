import KubeSchemas
import Machinery
import PKI
import Synchronization

/// The discovery documents, legacy and aggregated. Those of a group are made once for as long as the group stays the
/// same; the two that list all groups are put together of the groups' bytes when first asked for.
package final class DiscoveryDocuments: Sendable {
    private final class Listing: Sendable {
        let bytes: [UInt8]
        let tag: String

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            tag = "\"" + Digest.sha256(bytes).map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined() + "\""
        }
    }

    private let groups: [DiscoveredGroup]
    private let index: [String: Int]
    private let serverAddress: String
    private let groupList = AtomicLazyReference<Listing>()
    private let aggregatedCore = AtomicLazyReference<Listing>()
    private let aggregatedGroups = AtomicLazyReference<Listing>()

    init(_ catalog: ResourceCatalog, aggregated: AggregatedAPIs, serverAddress: String) {
        groups = DiscoveredGroup.all(catalog, aggregated)
        index = Dictionary(groups.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
        self.serverAddress = serverAddress
    }

    static let aggregatedType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

    /// - Parameter known: the entity tags a client has (`If-None-Match`).
    func response(path: String, accept: String, known: String = "") -> ServerResponse? {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let isAggregated =
            accept.contains("as=APIGroupDiscoveryList")
            && (accept.contains("v=v2;") || accept.hasSuffix("v=v2") || accept.contains("v=v2,"))
        switch path {
        case "/api":
            guard isAggregated else { return .object(apiVersions) }
            return answer(once(aggregatedCore) { aggregated(groups.filter(\.name.isEmpty)) }, known)
        case "/apis":
            guard isAggregated else { return .json(once(groupList) { named() }.bytes) }
            return answer(once(aggregatedGroups) { aggregated(groups.filter { !$0.name.isEmpty }) }, known)
        default:
            return group(path)
        }
    }

    private func answer(_ listing: Listing, _ known: String) -> ServerResponse {
        let isKnown = known.contains(listing.tag) || known == "*"
        var response = ServerResponse(
            status: isKnown ? 304 : 200, contentType: Self.aggregatedType, body: .bytes(isKnown ? [] : listing.bytes))
        response.headers = [("ETag", listing.tag), ("Vary", "Accept"), ("Cache-Control", "public")]
        return response
    }

    private func once(_ memo: borrowing AtomicLazyReference<Listing>, make: () -> [UInt8]) -> Listing {
        if let listing = memo.load() { return listing }
        return memo.storeIfNil(Listing(make()))
    }

    /// `/apis/<group>`, `/apis/<group>/<version>`, `/api/<version>`.
    private func group(_ path: String) -> ServerResponse? {
        let parts = path.split(separator: "/").map(String.init)
        let isCore = parts.first == "api"
        guard isCore || parts.first == "apis", parts.count == 2 || parts.count == 3 && !isCore,
            let group = index[isCore ? "" : parts[1]].map({ groups[$0] })
        else { return nil }
        if !isCore, parts.count == 2 {
            return .json(group.document("group") { GroupDocuments.group(group, withKind: true).encoded() })
        }
        let version = parts[parts.count - 1]
        guard let local = group.local, local.versions.contains(version) else { return nil }
        return .json(
            local.document("resources/\(version)") { GroupDocuments.resourceList(local, version).encoded() })
    }

    private var apiVersions: JSONObject {
        [
            "kind": "APIVersions", "versions": .array((index[""].map { groups[$0].versions } ?? []).map(JSON.string)),
            "serverAddressByClientCIDRs": [
                ["clientCIDR": "0.0.0.0/0", "serverAddress": .string(serverAddress)]
            ],
        ]
    }

    private func named() -> [UInt8] {
        join("{\"apiVersion\":\"v1\",\"groups\":[", groups.filter { !$0.name.isEmpty }) { group in
            group.document("entry") { GroupDocuments.group(group, withKind: false).encoded() }
        } + Array("],\"kind\":\"APIGroupList\"}".utf8)
    }

    private func aggregated(_ groups: [DiscoveredGroup]) -> [UInt8] {
        join("{\"apiVersion\":\"apidiscovery.k8s.io/v2\",\"items\":[", groups) { group in
            group.document("aggregated") { GroupDocuments.aggregated(group).encoded() }
        } + Array("],\"kind\":\"APIGroupDiscoveryList\",\"metadata\":{}}".utf8)
    }

    private func join(_ head: String, _ groups: [DiscoveredGroup], _ part: (DiscoveredGroup) -> [UInt8]) -> [UInt8] {
        var bytes = Array(head.utf8)
        for (index, group) in groups.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += part(group)
        }
        return bytes
    }
}
