import KubeAPI

/// The features of node agents that pods may need, by the names under which nodes declare them.
enum NodeFeatures {
    private static let restartsAll = "RestartAllContainersOnContainerExits"
    private static let userNamespacesOnHostNetwork = "UserNamespacesHostNetworkSupport"

    static func needed(by spec: PodSpec) -> Set<String> {
        var features: Set<String> = []
        let rules = (spec.initContainers + spec.containers).flatMap(\.restartPolicyRules)
        if rules.contains(where: { $0.action == "RestartAllContainers" }) { features.insert(restartsAll) }
        if spec.hostNetwork ?? false, spec.hostUsers == false { features.insert(userNamespacesOnHostNetwork) }
        return features
    }
}
