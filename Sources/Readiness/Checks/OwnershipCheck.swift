import Machinery

/// Somebody answers for the service, its objectives, and going back.
enum OwnershipCheck: Check {
    static let name = "Ownership"
    static let area = Review.Area.ownership
    static let risk = "nobody is called when it fails"

    private static let fields = ["team", "sloOwner", "rollbackOwner"]

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        guard !picture.services.isEmpty else { return .fail("the namespace has no ModelService") }
        var judgement = Judgement()
        for service in picture.services {
            for field in fields {
                if let name = service.owner.string(field), !name.isEmpty {
                    judgement.evidence.append("modelservice/\(service.name): \(field) \(name)")
                } else {
                    judgement.problems.append("modelservice/\(service.name): spec.owner.\(field) is not set")
                }
            }
        }
        return judgement
    }
}
