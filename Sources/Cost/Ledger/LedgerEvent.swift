import KubeAPI

/// What the books are told. Moments are in seconds since 1970.
package enum LedgerEvent: Codable, Hashable, Sendable {
    case node(NodeFacts)
    case nodeGone(String)
    case pod(PodFacts)
    case podGone(uid: String)
    case requests([RequestUse])
}

/// An event with its time.
package struct LedgerEntry: Codable, Hashable, Sendable {
    package var at: Double
    package var event: LedgerEvent

    package init(_ at: Double, _ event: LedgerEvent) {
        self.at = at
        self.event = event
    }
}

/// A node as far as it costs.
package struct NodeFacts: Codable, Hashable, Sendable {
    package var name: String
    package var uid: String
    package var gpus = 0.0
    /// Those that pods can be given.
    package var healthyGPUs = 0.0
    package var cores = 0.0
    package var gib = 0.0
    package var rate: NodeRate
    /// What metrics are labelled with.
    package var instanceType = ""
    package var region = ""
    package var provider = ""
    package var architecture = ""

    package init(name: String, uid: String, rate: NodeRate) {
        self.name = name
        self.uid = uid
        self.rate = rate
    }

    package var hour: Double { rate.hour(gpus: gpus, cores: cores, gib: gib) }
}

/// A pod on a node as far as it costs.
package struct PodFacts: Codable, Hashable, Sendable {
    package enum Phase: Codable, Hashable, Sendable {
        case ready
        case idle(Account.Waste)
        /// Its containers are gone, and with them what they held.
        case ended
    }

    package var uid: String
    package var namespace: String
    package var name: String
    package var node: String
    package var team = ""
    /// The `ModelService` it belongs to; such a pod works only on requests.
    package var model = ""
    package var version = ""
    package var gpus = 0.0
    package var cores = 0.0
    package var gib = 0.0
    package var phase = Phase.idle(.starting)

    package init(uid: String, namespace: String, name: String, node: String) {
        self.uid = uid
        self.namespace = namespace
        self.name = name
        self.node = node
    }

    package var key: ObjectKey { ObjectKey(namespace: namespace, name: name) }

    func account(_ use: Account.Use, waste: Account.Waste? = nil) -> Account {
        var account = Account(use, waste: waste)
        account.namespace = namespace
        account.team = team
        account.model = model
        account.version = version
        return account
    }
}

/// What requests of one kind took of a replica.
package struct RequestUse: Codable, Hashable, Sendable {
    package var namespace: String
    package var pod: String
    package var model = ""
    package var version = ""
    package var route = ""
    package var tenant = ""
    package var routeClass = ""
    /// Of the replica's time.
    package var seconds = 0.0
    /// Of its GPUs' time, for who tells only that.
    package var gpuSeconds = 0.0
    package var requests = 0
    package var inputTokens = 0
    package var outputTokens = 0

    package init(pod: ObjectKey) {
        namespace = pod.namespace
        self.pod = pod.name
    }

    package var podKey: ObjectKey { ObjectKey(namespace: namespace, name: pod) }
}
