/// The namespace enforces a Pod Security level that keeps containers from the machine.
enum PodSecurityCheck: Check {
    static let name = "PodSecurity"
    static let area = Review.Area.security
    static let risk = "a container can take over its machine"

    private static let label = "pod-security.kubernetes.io/enforce"

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        guard let level = picture.namespace?.labels[label] else {
            return .fail("the namespace has no label \(label)")
        }
        guard level == "baseline" || level == "restricted" else { return .fail("\(label)=\(level) enforces nothing") }
        return .pass("\(label)=\(level)")
    }
}
