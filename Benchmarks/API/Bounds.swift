/// What the peer was measured to take, and what we allow ourselves: microseconds of server processor time per
/// operation, and MiB.
struct Bounds {
    /// What runs in the measured process.
    enum Process: String, CaseIterable {
        /// API server and store, as in the peer's figures.
        case alone
        /// Controllers, scheduler and node besides, which pay for every pod that is made.
        case together
    }

    struct Bound {
        var peer: Double
        var limit: Double
    }

    static let peerResidentMebibytes = 1_809.0

    var process: Process

    /// About ten times less than the peer alone, five times with everything in the process.
    func bound(_ kind: String) -> Bound? {
        guard let (peer, limit) = Self.alone[kind] else { return nil }
        return Bound(peer: peer, limit: process == .alone ? limit : (peer / 5).rounded(.down))
    }

    /// At the start nobody has asked the peer; the end is a tenth, or a fifth, of its memory.
    var startMebibytes: Double? { process == .alone ? 60 : nil }
    var endMebibytes: Double { process == .alone ? 200 : 361 }

    private static let alone: [String: (peer: Double, limit: Double)] = [
        "create": (3_516, 350), "get": (967, 95), "strategic patch": (6_044, 600), "server-side apply": (7_585, 750),
        "list of 10,000": (1_184_000, 115_000), "page of 500": (63_000, 6_000), "list by label": (37_000, 3_500),
        "watch event": (74, 7), "delete": (5_316, 530),
    ]
}
