import KubeAPI

/// A port of a pod that answers requests.
package struct Replica: Sendable, Hashable {
    package struct ID: Sendable, Hashable {
        package let pod: ObjectKey
        package let uid: String
        package let port: Int

        package init(pod: ObjectKey, uid: String, port: Int) {
            self.pod = pod
            self.uid = uid
            self.port = port
        }
    }

    package let id: ID
    /// The pod's address.
    package let host: String
    /// The pod is ready and is not being ended. Others finish what they have and get nothing new.
    package var isOpen: Bool
    /// The GPUs of the whole pod.
    package var gpus: Int
    /// The version of the model, where the pod says one.
    package var version: String

    package init(id: ID, host: String, isOpen: Bool = true, gpus: Int = 0, version: String = "") {
        self.id = id
        self.host = host
        self.isOpen = isOpen
        self.gpus = gpus
        self.version = version
    }
}

/// A request's place on a replica, to be given back.
package struct Assignment: Sendable, Hashable {
    package let request: UInt64
    package let replica: Replica
    package let tenant: String
    /// What it was taken to cost.
    let tokens: Int
}

/// How a request left its replica, as far as that says something of the replica.
package enum ReplicaVerdict: Sendable, Hashable {
    /// The replica answered, whatever it said.
    case answered
    /// It took no connection.
    case unreachable
    /// It ended the connection before it had answered; it may just have been idle too long.
    case hungUp
    /// The request was given up for reasons of its own.
    case unknown
}
