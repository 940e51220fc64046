import KubeAPI
import Machinery

/// What part a container plays in its pod.
package enum ContainerKind: Hashable, Sendable {
    /// Runs to its end before the next one starts.
    case initialization
    /// An init container with `restartPolicy: Always`: starts in the init order and runs beside the main containers.
    case sidecar
    case main
    /// Added to a running pod for debugging; never restarted.
    case ephemeral
}

extension Pod {
    package var restartPolicy: String { spec.restartPolicy ?? "Always" }
    package var usesHostNetwork: Bool { spec.hostNetwork ?? false }
    package var gracePeriodSeconds: Int64 {
        max(metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30, 0)
    }

    /// `name_namespace(uid)`, the form of pods in the kubelet's messages.
    package var logName: String { "\(name)_\(namespace)(\(uid))" }

    package var hasTerminalPhase: Bool { status.phase == "Succeeded" || status.phase == "Failed" }

    /// Every container in the order in which statuses list them, with its part.
    package var allContainers: [(container: Container, kind: ContainerKind)] {
        spec.initContainers.map { ($0, $0.isSidecar ? .sidecar : .initialization) }
            + spec.containers.map { ($0, .main) }
            + spec.ephemeralContainers.map { (Container(json: $0.json), .ephemeral) }
    }

    package func container(named name: String) -> (container: Container, kind: ContainerKind)? {
        allContainers.first { $0.container.name == name }
    }
}

extension Container {
    /// Whether this init container runs beside the main ones.
    package var isSidecar: Bool { restartPolicy == "Always" }

    /// Whether a main container that ended with this code is started again.
    package func restarts(afterExitCode code: Int32, podPolicy: String) -> Bool {
        for rule in restartPolicyRules where rule.action == "Restart" {
            guard let codes = rule.exitCodes else { continue }
            let isListed = codes.values.contains(Int64(code))
            if codes.operator == "NotIn" ? !isListed : isListed { return true }
        }
        switch restartPolicy ?? podPolicy {
        case "Never": return false
        case "OnFailure": return code != 0
        default: return true
        }
    }

    /// Changes when the container has to be made anew: only the image of a running pod may change.
    package var specHash: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in "\(name)\u{0}\(image ?? "")".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
