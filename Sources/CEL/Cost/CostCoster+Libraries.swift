extension CostCoster {
    /// What Kubernetes' libraries say of their functions; `nil` leaves it to the language.
    func libraryEstimate(_ call: EstimatedCall, _ overload: String) -> Estimate? {
        let arguments = call.arguments
        switch call.function {
        case "check": return Estimate(CostEstimate(CostFactors.authorizerCheck))
        case "serviceAccount", "path", "group", "resource", "subresource", "namespace", "name", "allowed", "reason",
            "error", "errored", "masked", "prefixLength", "family", "isUnspecified", "isLoopback",
            "isLinkLocalMulticast", "isLinkLocalUnicast", "isGlobalUnicast", "format.named", "sign", "asInteger",
            "isInteger", "asApproximateFloat", "isGreaterThan", "isLessThan", "compareTo", "add", "sub", "major",
            "minor", "patch", "getScheme", "getHostname", "getHost", "getPort", "getEscapedPath", "getQuery":
            return Estimate(CostEstimate(1))
        case "fieldSelector", "labelSelector":
            return Estimate(CallCost.selector(sizeOrUnknown(arguments[0])))
        case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf": return search(call)
        case "url", "jsonpatch.escapeKey":
            let size = sizeOrUnknown(arguments[0])
            return Estimate(traversal(size), size)
        case "lowerAscii", "upperAscii", "substring", "trim":
            guard let target = call.target else { return nil }
            return Estimate(traversal(sizeOrUnknown(target)), sizeOrUnknown(target))
        case "replace": return replace(call)
        case "split": return split(call)
        case "join": return join(call)
        case "find", "findAll":
            guard let target = call.target else { return nil }
            let size = sizeOrUnknown(target)
            let pattern = sizeOrUnknown(arguments[0]).scaled(by: CostFactors.pattern)
            return Estimate(
                traversal(size + CostEstimate(1)) * pattern, CostEstimate(minimum: 0, maximum: size.maximum))
        case "ip" where overload == "cidr_ip": return Estimate(CostEstimate(1))
        case "ip", "cidr", "isIP", "isCIDR", "quantity", "isQuantity", "semver", "isSemver":
            return Estimate(traversal(sizeOrUnknown(arguments[0])))
        case "ip.isCanonical":
            return Estimate(sizeOrUnknown(arguments[0]).scaled(by: 2 * CostFactors.traversal))
        case "containsIP", "containsCIDR": return containment(call, overload)
        case "validate":
            return Estimate(
                traversal(sizeOrUnknown(arguments[0])).scaled(by: 128 * CostFactors.pattern))
        case Operators.equal: return equality(call)
        default: return nil
        }
    }

    private func search(_ call: EstimatedCall) -> Estimate? {
        guard let target = call.target else { return nil }
        guard let element = target.type?.parameters.first else { return Estimate(traversal(sizeOrUnknown(target))) }
        var each = CostEstimate(1)
        if element == .string || element == .bytes {
            each = each + traversal(elementSize(target, element))
        }
        return Estimate(sizeOrUnknown(target) * each)
    }

    private func elementSize(_ list: Expression, _ element: CELType) -> CostEstimate {
        declaredSize(path(list).map { $0 + ["@items"] }) ?? .unknownSize
    }

    private func replace(_ call: EstimatedCall) -> Estimate? {
        guard let target = call.target, call.arguments.count >= 2 else { return nil }
        let size = sizeOrUnknown(target)
        let old = sizeOrUnknown(call.arguments[0])
        let new = sizeOrUnknown(call.arguments[1])
        var count = CostEstimate.zero
        var kept = CostEstimate.zero
        // The longest result: an empty text is found between all characters.
        if old.minimum == 0 {
            count.maximum = size.maximum.saturatingAdd(1)
            kept.maximum = size.maximum
        } else if new.maximum <= old.minimum {
            kept.maximum = size.maximum
        } else {
            count.maximum = Self.divided(size.maximum, old.minimum)
        }
        if old.maximum == 0 {
            count.minimum = size.minimum.saturatingAdd(1)
            kept.minimum = size.minimum
        } else if old.maximum <= new.minimum {
            kept.minimum = size.minimum
        } else {
            count.minimum = Self.divided(size.minimum, old.maximum)
        }
        return Estimate(size.scaled(by: 2 * CostFactors.traversal), count * new + kept)
    }

    private static func divided(_ value: UInt64, _ divisor: UInt64) -> UInt64 {
        let quotient = (Double(value) / Double(divisor)).rounded(.up)
        return quotient >= 18_446_744_073_709_551_616 ? .max : UInt64(quotient)
    }

    private func split(_ call: EstimatedCall) -> Estimate? {
        guard let target = call.target else { return nil }
        let size = sizeOrUnknown(target)
        var most = size.maximum
        if call.arguments.count > 1, case .literal(.int(let limit)) = call.arguments[1].kind {
            most = UInt64(bitPattern: limit)
        }
        return Estimate(
            size.scaled(by: 2 * CostFactors.traversal), CostEstimate(minimum: 0, maximum: most))
    }

    private func join(_ call: EstimatedCall) -> Estimate? {
        guard let target = call.target else { return nil }
        let count = sizeOrUnknown(target)
        var size = CostEstimate.zero
        if let element = target.type?.parameters.first { size = count * elementSize(target, element) }
        if let separator = call.arguments.first {
            let gaps = CostEstimate(
                minimum: count.minimum == 0 ? 0 : count.minimum - 1,
                maximum: count.maximum == 0 ? 0 : count.maximum - 1)
            size = size + sizeOrUnknown(separator) * gaps
        }
        return Estimate(traversal(size), size)
    }

    private func containment(_ call: EstimatedCall, _ overload: String) -> Estimate {
        let address = CostEstimate(minimum: 4, maximum: 16)
        var cost = traversal(address + address)
        if call.function == "containsCIDR" { cost = cost + traversal(address) + CostEstimate(1) }
        if overload.hasSuffix("_string") { cost = cost + traversal(sizeOrUnknown(call.arguments[0])) }
        return Estimate(cost)
    }

    private func equality(_ call: EstimatedCall) -> Estimate? {
        guard call.arguments.count == 2, let type = call.arguments[0].type, type == call.arguments[1].type else {
            return nil
        }
        switch type.name {
        case "net.IP", "net.CIDR", "kubernetes.Quantity", "kubernetes.Semver", "kubernetes.authorization.Authorizer",
            "kubernetes.authorization.PathCheck", "kubernetes.authorization.GroupCheck",
            "kubernetes.authorization.ResourceCheck", "kubernetes.authorization.Decision":
            return Estimate(CostEstimate(1))
        case "kubernetes.NamedFormat": return Estimate(traversal(CostEstimate(minimum: 1, maximum: 64)))
        case "kubernetes.URL":
            let size = size(call.arguments[1])?.maximum ?? 1
            return Estimate(traversal(CostEstimate(minimum: 1, maximum: size)))
        default: return nil
        }
    }

    /// The sets and lists of cel-go's extensions.
    func listEstimate(_ call: EstimatedCall, _ overload: String) -> Estimate? {
        let arguments = call.arguments
        func integer(_ index: Int, _ fallback: UInt64) -> UInt64 {
            guard index < arguments.count, case .literal(.int(let value)) = arguments[index].kind else {
                return fallback
            }
            return UInt64(max(0, value))
        }
        func allocating(_ factor: Double, _ size: CostEstimate) -> Estimate {
            Estimate(size.scaled(by: factor) + CostEstimate(1) + CostEstimate(CostFactors.listCreation), size)
        }
        switch overload {
        case "list_sets_contains_list", "list_sets_intersects_list", "list_sets_equivalent_list":
            let product = sizeOrUnknown(arguments[0]) * sizeOrUnknown(arguments[1])
            return Estimate(
                product.scaled(by: overload == "list_sets_equivalent_list" ? 2 : 1) + CostEstimate(1))
        case "list_slice":
            guard let target = call.target else { return nil }
            let end = integer(1, sizeOrUnknown(target).maximum)
            return allocating(1, CostEstimate(end &- integer(0, 0)))
        case "lists_range": return allocating(1, CostEstimate(integer(0, .max)))
        case "list_reverse": return call.target.map { allocating(1, sizeOrUnknown($0)) }
        case "list_flatten", "list_flatten_int":
            let depth = arguments.isEmpty ? 1 : integer(0, .max)
            return call.target.map { allocating(Double(depth), sizeOrUnknown($0)) }
        case "list_distinct":
            guard let target = call.target else { return nil }
            return allocating(2, sizeOrUnknown(target) * sizeOrUnknown(target))
        default: break
        }
        guard overload.hasPrefix("list_"),
            overload.hasSuffix("_sort") || overload.hasSuffix("_sortByAssociatedKeys"),
            let sorted = overload.hasSuffix("_sort") ? call.target : arguments.first
        else { return nil }
        let isText = overload.hasPrefix("list_string_") || overload.hasPrefix("list_bytes_")
        let size = sizeOrUnknown(sorted)
        return allocating(isText ? 2 + CostFactors.traversal : 2, size * size)
    }
}
