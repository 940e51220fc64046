import Inference
import KubeAPI
import Machinery

/// There is a revision to go back to.
enum PreviousRevisionCheck: Check {
    static let name = "PreviousRevision"
    static let area = Review.Area.rollback
    static let risk = "there is nothing to go back to"

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        guard !picture.services.isEmpty else { return nil }
        var judgement = Judgement()
        for service in picture.services {
            let revisions = picture.deployments.filter { deployment in
                deployment.labels[InferenceNames.serviceLabel] == service.name
                    && deployment.name != service.currentRevision && served(deployment.name, service)
            }.map(\.name).sorted()
            if let previous = revisions.first {
                judgement.evidence.append(
                    "modelservice/\(service.name): deployment/\(previous) is kept beside "
                        + (service.currentRevision ?? "what serves"))
            } else {
                judgement.problems.append("modelservice/\(service.name): no revision is kept that served before")
            }
        }
        return judgement
    }

    /// What was rolled back is nothing to go back to.
    private static func served(_ revision: String, _ service: ReviewedService) -> Bool {
        service.history.first { $0.string("revision") == revision }?.string("outcome") == "Promoted"
    }
}
