import Machinery

/// How many nodes are played, what they are like, and how fast their pods go through life.
package struct FakeNodeSettings: Sendable {
    package var count = 100
    /// Nodes are called by it and their number.
    package var prefix = "fake-"
    /// What each node has, as in `status.allocatable`.
    package var capacity: JSONObject = ["cpu": "32", "memory": "256Gi", "pods": "110", "ephemeral-storage": "1Ti"]
    package var labels: [String: String] = [:]
    /// Zones that nodes are in, in turn; none for 0.
    package var zones = 0
    /// From a pod's binding until its containers run.
    package var startDelay = Duration.seconds(1)
    /// How long containers run that are to end; `nil` for ever.
    package var runTime: Duration?
    /// From a pod's deletion until it is gone.
    package var stopDelay = Duration.zero
    /// Between signs of life: a Lease, and the node's status.
    package var leaseInterval = Duration.seconds(10)
    package var statusInterval = Duration.seconds(300)
    /// How many requests are under way, for nodes and for pods each.
    package var writers = 16

    package init() {}

    func name(_ number: Int) -> String { "\(prefix)\(number)" }

    /// The number in a node's name.
    func number(of name: String) -> Int? {
        guard name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)), (0..<count).contains(number),
            self.name(number) == name
        else { return nil }
        return number
    }

    /// An address of the private range 172.16.0.0/12.
    func address(_ number: Int) -> String { "172.\(16 + number >> 16 & 15).\(number >> 8 & 255).\(number & 255)" }
}
