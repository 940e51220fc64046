extension RuntimeV1 {
    package enum PodSandboxState: Int32, Sendable {
        case ready = 0
        case notReady = 1
    }

    package enum ContainerState: Int32, Sendable {
        case created = 0
        case running = 1
        case exited = 2
        case unknown = 3
    }

    /// Whose namespace a container or sandbox lives in.
    package enum NamespaceMode: Int32, Sendable {
        case pod = 0
        case container = 1
        case node = 2
        case target = 3
    }

    package enum MountPropagation: Int32, Sendable {
        case privateMount = 0
        case hostToContainer = 1
        case bidirectional = 2
    }

    package enum PortProtocol: Int32, Sendable {
        case tcp = 0
        case udp = 1
        case sctp = 2

        /// The protocol of a container port as the API names it; TCP for anything else.
        package init(name: String) {
            switch name {
            case "UDP": self = .udp
            case "SCTP": self = .sctp
            default: self = .tcp
            }
        }
    }

    package enum ProfileType: Int32, Sendable {
        case runtimeDefault = 0
        case unconfined = 1
        case localhost = 2
    }

    package enum SupplementalGroupsPolicy: Int32, Sendable {
        case merge = 0
        case strict = 1
    }
}

extension RuntimeV1.PodSandbox {
    package var isReady: Bool { state == RuntimeV1.PodSandboxState.ready.rawValue }
}

extension RuntimeV1.PodSandboxStatus {
    package var isReady: Bool { state == RuntimeV1.PodSandboxState.ready.rawValue }

    /// Every address of the sandbox, the main one first; empty for a sandbox in the host's network.
    package var addresses: [String] {
        guard let network else { return [] }
        return ([network.ip] + network.additionalIps.map(\.ip)).filter { !$0.isEmpty }
    }
}

extension RuntimeV1.Container {
    package var containerState: RuntimeV1.ContainerState { .init(rawValue: state) ?? .unknown }
}

extension RuntimeV1.ContainerStatus {
    package var containerState: RuntimeV1.ContainerState { .init(rawValue: state) ?? .unknown }
}

extension RuntimeV1.Int64Value {
    package init(_ number: Int64) {
        self.init()
        value = number
    }
}
