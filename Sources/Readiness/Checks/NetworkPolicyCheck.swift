import KubeAPI

/// What no policy allows does not reach the pods.
enum NetworkPolicyCheck: Check {
    static let name = "NetworkPolicy"
    static let area = Review.Area.security
    static let risk = "every pod of the cluster can reach the service past its gateway"

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        guard let denial = picture.policies.first(where: deniesAll) else {
            let names = picture.policies.map(\.name).sorted().joined(separator: ", ")
            return .fail("no policy denies ingress to all pods; policies: \(names.isEmpty ? "none" : names)")
        }
        // A reviewer must not take a policy for a wall.
        return .pass(
            "networkpolicy/\(denial.name) denies ingress to all pods",
            "note: Gantry's own pod network does not act on NetworkPolicies yet")
    }

    private static func deniesAll(_ policy: NetworkPolicy) -> Bool {
        let spec = policy.spec
        let selector = spec.podSelector?.json ?? [:]
        let selectsAll =
            (selector["matchLabels"]?.objectValue?.isEmpty ?? true)
            && (selector["matchExpressions"]?.arrayValue?.isEmpty ?? true)
        let isOfIngress = spec.policyTypes.isEmpty || spec.policyTypes.contains("Ingress")
        return selectsAll && isOfIngress && spec.ingress.isEmpty
    }
}
