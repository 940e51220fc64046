import KubeAPI

/// Answers questions about the cluster's domain and its addresses.
struct ClusterZone {
    /// What the zone has to say.
    enum Answer {
        /// Somebody else is to be asked.
        case notOurs
        case reply(DNSReply)
        /// The name stands for another one, which may be anybody's.
        case alias(DNSReply, target: DNSName)
    }

    static let denialSeconds: UInt32 = 5
    static let specificationVersion = "1.1.0"

    let domain: DNSName
    var index = DNSIndex()
    private let authority: DNSReply.Entry
    private let fixed: [DNSName: [DNSRecord]]
    private let podZone: DNSName
    private let serviceZone: DNSName

    /// - Returns: `nil` for a domain too long to put anything below it.
    init?(domain: DNSName, address: UInt32?) {
        let domain = domain.lowercased
        guard let podZone = domain.prepending("pod"), let serviceZone = domain.prepending("svc"),
            let dns = domain.prepending("dns"), let server = dns.prepending("ns"),
            let mailbox = domain.prepending("hostmaster"), let version = domain.prepending("dns-version")
        else { return nil }
        self.domain = domain
        self.podZone = podZone
        self.serviceZone = serviceZone
        let start = DNSRecord(
            seconds: Self.denialSeconds,
            data: .authority(server: server, mailbox: mailbox, negativeSeconds: Self.denialSeconds))
        authority = (domain, start)
        let seconds = ServiceRecords.serviceSeconds
        fixed = [
            domain: [start, DNSRecord(seconds: seconds, data: .nameServer(server))],
            dns: [],
            server: address.map { [DNSRecord(seconds: seconds, data: .address($0))] } ?? [],
            version: [DNSRecord(seconds: seconds, data: .text(Self.specificationVersion))],
            podZone: [], serviceZone: [],
        ]
    }

    /// A namespace's names are there as long as it is, with or without Services and pods: empty, not unknown.
    mutating func set(namespace key: ObjectKey, exists: Bool) {
        let names = [serviceZone, podZone].compactMap { $0.prepending(key.name) }
        index.set(key, exists ? Dictionary(uniqueKeysWithValues: names.map { ($0, []) }) : nil)
    }

    func answer(_ name: DNSName, type: UInt16) -> Answer {
        let key = name.lowercased
        guard let records = records(key) else {
            guard key.isWithin(domain) else { return .notOurs }
            return .reply(DNSReply(code: ResponseCode.nameError, authorities: [authority]))
        }
        // Only whole pointers are ours in the reverse tree; what lies between them is somebody else's.
        if !key.isWithin(domain), !records.contains(where: { $0.data.type == type }) {
            if records.isEmpty { return .notOurs }
            return .reply(DNSReply(authorities: [authority]))
        }
        if type == RecordType.any {
            let hint = DNSRecord(seconds: ServiceRecords.serviceSeconds, data: .noEverything)
            return .reply(DNSReply(answers: [(name, hint)]))
        }
        if type != RecordType.cname, let record = records.first(where: { $0.data.type == RecordType.cname }),
            case .alias(let target) = record.data
        {
            return .alias(DNSReply(answers: [(name, record)]), target: target)
        }
        var matching = records.filter { $0.data.type == type }
        guard !matching.isEmpty else { return .reply(DNSReply(authorities: [authority])) }
        // Clients mostly take the first; a different one each time spreads them.
        if matching.count > 1 { matching.shuffle() }
        var reply = DNSReply(answers: matching.map { (name, $0) })
        reply.additionals = additionals(for: matching)
        return .reply(reply)
    }

    private func additionals(for records: [DNSRecord]) -> [DNSReply.Entry] {
        var seen: Set<DNSName> = []
        var entries: [DNSReply.Entry] = []
        for record in records {
            let target: DNSName
            switch record.data {
            case .service(_, _, let name), .nameServer(let name): target = name
            case .address, .pointer, .alias, .text, .authority, .noEverything: continue
            }
            guard seen.insert(target).inserted else { continue }
            entries += (self.records(target) ?? []).filter { $0.data.type == RecordType.a }.map { (target, $0) }
        }
        return entries
    }

    private func records(_ key: DNSName) -> [DNSRecord]? {
        if let records = index.records(key) { return records + (fixed[key] ?? []) }
        if let records = fixed[key] { return records }
        return podRecords(key)
    }

    /// The records of `10-244-0-5.default.pod`: the address is in the name, and is not looked up; the namespace is.
    private func podRecords(_ key: DNSName) -> [DNSRecord]? {
        guard key.isWithin(podZone) else { return nil }
        let labels = key.labels(above: podZone)
        guard labels.count == 2, let first = labels.first, index.records(key.parent) != nil,
            let address = IPv4.parse(String(decoding: first, as: UTF8.self), separator: "-")
        else { return nil }
        return [DNSRecord(seconds: ServiceRecords.endpointSeconds, data: .address(address))]
    }
}
