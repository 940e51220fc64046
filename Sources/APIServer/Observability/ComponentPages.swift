import Machinery

/// `/statusz` and `/flagz`: what this process is and how it was started, for people (KEP-4827, KEP-4828).
package struct ComponentPages: Sendable {
    private static let warning = """
        Warning: This endpoint is not meant to be machine parseable, has no formatting compatibility guarantees and is \
        for debugging purposes only.
        """
    private static let paths = "/flagz /healthz /livez /metrics /readyz /statusz /version"

    /// The flags the process was started with; none that holds a secret.
    package var flags: [(name: String, value: String)]
    private let clock: any WallClock
    private let start: Timestamp

    package init(flags: [(name: String, value: String)] = [], clock: any WallClock = SystemWallClock()) {
        self.flags = flags
        self.clock = clock
        start = clock.now
    }

    func response(path: String) -> ServerResponse? {
        switch path {
        case "/statusz": .text("kube-apiserver statusz\n\(Self.warning)\n\n\(status)\n")
        case "/flagz": .text("kube-apiserver flagz\n\(Self.warning)\n\n\(told)\n")
        default: nil
        }
    }

    private var status: String {
        let up = max(0, clock.now.seconds - start.seconds)
        return """
            Started: \(start.inSeconds.description)
            Up: \(up / 3600) hr \(up / 60 % 60) min \(up % 60) sec
            Binary version: \(GantryVersion.kubernetes.dropFirst())
            Emulation version: \(GantryVersion.kubernetes.dropFirst().prefix { $0 != "." }).36
            Paths: \(Self.paths)
            """
    }

    private var told: String {
        flags.sorted { $0.name < $1.name }.map { "\($0.name)=\($0.value)" }.joined(separator: "\n")
    }
}
