import APIServer

/// What a node says of itself.
enum GantryNode {
    /// `kubectl get nodes` shows it; clients parse it as a Kubernetes version.
    static let version = "\(GantryVersion.kubernetes)+gantry.\(GantryVersion.program)"
}
