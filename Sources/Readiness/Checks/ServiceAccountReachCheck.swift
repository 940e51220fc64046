/// The accounts of workloads cannot do more than a model server needs.
enum ServiceAccountReachCheck: Check {
    static let name = "ServiceAccountReach"
    static let area = Review.Area.security
    static let risk = "who takes over a pod takes over what its account may do"

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        let accounts = picture.accountsInUse
        guard !accounts.isEmpty else { return .fail("nothing runs in the namespace") }
        let problems = accounts.flatMap { AccountReach(picture: picture, account: $0).findings }
        let evidence = accounts.map { account in
            "serviceaccount/\(account) cannot read all secrets, make pods, run commands in them, or change roles"
        }
        return problems.isEmpty ? Judgement(evidence: evidence) : Judgement(problems: Array(problems.prefix(8)))
    }
}
