import Inference
import KubeAPI

/// Every Secret of the namespace has somebody who renews it, and those that pods read are there.
enum SecretOwnershipCheck: Check {
    static let name = "SecretOwnership"
    static let area = Review.Area.security
    static let risk = "nobody renews a credential that leaks"

    static let annotation = "\(InferenceNames.group)/owner"

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        var judgement = Judgement()
        for secret in picture.secrets {
            let name = secret.name ?? ""
            if let owner = owner(secret) {
                judgement.evidence.append("secret/\(name) is \(owner)'s")
            } else {
                judgement.problems.append(
                    "secret/\(name) has no owner: label \(InferenceNames.teamLabel), "
                        + "annotation \(annotation), or an owner reference")
            }
        }
        let names = Set(picture.secrets.compactMap(\.name))
        for workload in picture.workloads {
            for missing in workload.secrets.subtracting(names).sorted() {
                judgement.problems.append("\(workload.name) reads secret/\(missing), which is not there")
            }
        }
        if judgement == Judgement() { return .pass("the namespace has no secrets") }
        return judgement
    }

    private static func owner(_ secret: ObjectMeta) -> String? {
        secret.labels[InferenceNames.teamLabel] ?? secret.annotations[annotation]
            ?? secret.ownerReferences.first.map { "\($0.kind.lowercased())/\($0.name)" }
    }
}
