import Machinery

/// One amount that a limit range holds containers, pods or claims to.
struct LimitConstraint {
    enum Rule {
        case minimum
        case maximum
        /// A maximum for what has no limits, only requests.
        case maximumRequest
        /// How many times the request the limit may be.
        case ratio
    }

    let rule: Rule
    let resource: String
    /// `Container`, `Pod`, `PersistentVolumeClaim`.
    let type: String
    let amount: Quantity

    /// What is wrong with what was asked for; `nil` if nothing.
    func violation(requests: ResourceAmounts, limits: ResourceAmounts) -> String? {
        let (request, limit) = (requests[resource], limits[resource])
        switch rule {
        case .minimum:
            let subject = "minimum \(resource) usage per \(type) is \(amount)"
            guard let request else { return "\(subject).  No request is specified" }
            if request < amount { return "\(subject), but request is \(request)" }
            if let limit, limit < amount { return "\(subject), but limit is \(limit)" }
        case .maximum:
            let subject = "maximum \(resource) usage per \(type) is \(amount)"
            guard let limit else { return "\(subject).  No limit is specified" }
            if limit > amount { return "\(subject), but limit is \(limit)" }
            if let request, request > amount { return "\(subject), but request is \(request)" }
        case .maximumRequest:
            let subject = "maximum \(resource) usage per \(type) is \(amount)"
            guard let request else { return "\(subject).  No request is specified" }
            if request > amount { return "\(subject), but request is \(request)" }
        case .ratio:
            return ratioViolation(request, limit)
        }
        return nil
    }

    private func ratioViolation(_ request: Quantity?, _ limit: Quantity?) -> String? {
        let subject = "\(resource) max limit to request ratio per \(type) is \(amount)"
        guard let request, !request.isZero else { return "\(subject), but no request is specified or request is 0" }
        guard let limit, !limit.isZero else { return "\(subject), but no limit is specified or limit is 0" }
        let ratio = limit.approximateValue / request.approximateValue
        guard ratio > amount.approximateValue else { return nil }
        return "\(subject), but provided ratio is \(Self.text(ratio))"
    }

    /// Six digits after the point, as Kubernetes shows ratios.
    private static func text(_ ratio: Double) -> String {
        let scaled = (ratio * 1_000_000).rounded(.toNearestOrEven)
        guard let millionths = Int64(exactly: scaled) else { return "\(ratio)" }
        let fraction = String(millionths % 1_000_000)
        return "\(millionths / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
    }
}
