/// Pods that do not ask the API are given no token for it.
enum ServiceAccountTokenCheck: Check {
    static let name = "ServiceAccountToken"
    static let area = Review.Area.security
    static let risk = "every container holds a credential of the cluster"

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        var judgement = Judgement()
        for workload in picture.workloads {
            let account = picture.accounts.first { $0.name == workload.account }
            let isMounted = workload.pod.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true
            if isMounted {
                judgement.problems.append("\(workload.name) mounts a token of \(workload.account)")
            } else {
                judgement.evidence.append("\(workload.name): automountServiceAccountToken is false")
            }
        }
        return judgement.problems.isEmpty && judgement.evidence.isEmpty ? nil : judgement
    }
}
