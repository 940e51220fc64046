import Machinery

package enum LimitRangeValidation {
    private static let types = ["Container", "PersistentVolumeClaim", "Pod"]

    package static func validate(_ range: LimitRange) -> [FieldError] {
        var errors: [FieldError] = []
        var seen: Set<String> = []
        for (index, limit) in range.spec.limits.enumerated() {
            let place = FieldPath("spec").child("limits").index(index)
            errors += validateType(limit.type, at: place.child("type"))
            if !seen.insert(limit.type).inserted { errors.append(.duplicate(place.child("type"), limit.type)) }
            errors += validate(limit, at: place)
        }
        return errors
    }

    private static func validateType(_ type: String, at place: FieldPath) -> [FieldError] {
        let errors: [FieldError] = Names.qualifiedName(type).map { .invalid(place, type, $0) }
        guard errors.isEmpty, !type.contains("/"), !types.contains(type) else { return errors }
        return [.invalid(place, type, "must be a standard limit type or fully qualified")]
    }

    private static func validate(_ limit: LimitRangeItem, at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var maps = ["max", "min", "maxLimitRequestRatio"]
        if limit.type == "Pod" {
            for name in ["default", "defaultRequest"] where !limit.json.quantityMap(name).isEmpty {
                errors.append(.forbidden(place.child(name), "may not be specified when `type` is 'Pod'"))
            }
        } else {
            maps += ["default", "defaultRequest"]
        }
        var names: Set<String> = []
        for map in maps {
            for name in limit.json.quantityMap(map).keys.sorted() {
                names.insert(name)
                let key = place.child(map).key(name)
                errors +=
                    limit.type == "Pod" || limit.type == "Container"
                    ? ResourceValidation.containerName(name, at: key) : ResourceValidation.name(name, at: key)
            }
        }
        if limit.type == "PersistentVolumeClaim", limit.min["storage"] == nil, limit.max["storage"] == nil {
            errors.append(
                .required(
                    place.child("limits"),
                    "either minimum or maximum storage value is required, but neither was provided"))
        }
        for name in names.sorted() { errors += Amounts(limit, name).validate(at: place) }
        return errors
    }

    /// What one limit says of one resource.
    private struct Amounts {
        let name: String
        let min: Quantity?
        let max: Quantity?
        let normal: Quantity?
        let request: Quantity?
        let ratio: Quantity?

        init(_ limit: LimitRangeItem, _ name: String) {
            self.name = name
            min = limit.min[name]
            max = limit.max[name]
            normal = limit.type == "Pod" ? nil : limit.json.quantityMap("default")[name]
            request = limit.type == "Pod" ? nil : limit.defaultRequest[name]
            ratio = limit.maxLimitRequestRatio[name]
        }

        func validate(at place: FieldPath) -> [FieldError] {
            var errors: [FieldError] = []
            func order(
                _ low: Quantity?, _ high: Quantity?, _ field: String, _ shown: Quantity?, _ text: (String, String)
            ) {
                guard let low, let high, high < low else { return }
                errors.append(
                    .invalid(
                        place.child(field).key(name), (shown ?? low).description,
                        "\(text.0) value \(low) is greater than \(text.1) value \(high)"))
            }
            order(min, max, "min", min, ("min", "max"))
            order(min, request, "defaultRequest", request, ("min", "default request"))
            order(request, max, "defaultRequest", request, ("default request", "max"))
            order(request, normal, "defaultRequest", request, ("default request", "default limit"))
            order(min, normal, "default", min, ("min", "default"))
            order(normal, max, "default", max, ("default", "max"))
            return errors + validateRatio(at: place.child("maxLimitRequestRatio").key(name))
                + validateOvercommit(at: place.child("defaultRequest").key(name))
        }

        private func validateRatio(at place: FieldPath) -> [FieldError] {
            guard let ratio else { return [] }
            var errors: [FieldError] = []
            if ratio < 1 { errors.append(.invalid(place, ratio.description, "ratio \(ratio) is less than 1")) }
            if let min, let max, !min.isZero {
                let limit = max.approximateValue / min.approximateValue
                if ratio.approximateValue > limit {
                    errors.append(
                        .invalid(
                            place, ratio.description,
                            "ratio \(ratio) is greater than max/min = \(Self.sixDigits(limit))"))
                }
            }
            return errors
        }

        /// As C's `%f` writes numbers.
        private static func sixDigits(_ value: Double) -> String {
            let millionths = Int64(clamping: Int128((value * 1_000_000).rounded()))
            let digits = String(millionths % 1_000_000)
            return "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - digits.count) + digits
        }

        private func validateOvercommit(at place: FieldPath) -> [FieldError] {
            guard !ResourceValidation.allowsOvercommit(name), let normal, let request, normal != request else {
                return []
            }
            return [
                .invalid(
                    place, request.description,
                    "default value \(normal) must equal to defaultRequest value \(request) in \(name)")
            ]
        }
    }
}
