extension CallCost {
    /// The rule of a call: the library's own for its function, else the language's for the one overload it has.
    static func rule(function: String, overload: String?) -> CallCost {
        if let overload, let rule = overloadRules[overload] { return rule }
        if let rule = functionRules[function] { return rule }
        switch function {
        case "ip": return overload == "cidr_ip" ? .fixed(1) : .traversal(argument: 0, factor: CostFactors.traversal)
        case "containsIP": return .contained(isText: overload == "cidr_contains_ip_string", isRange: false)
        case "containsCIDR": return .contained(isText: overload == "cidr_contains_cidr_string", isRange: true)
        default: return overload.flatMap { standardRules[$0] } ?? .fixed(1)
        }
    }

    private static let functionRules: [String: CallCost] = {
        var rules: [String: CallCost] = [
            "check": .fixed(CostFactors.authorizerCheck), "fieldSelector": .selector, "labelSelector": .selector,
            "ip.isCanonical": .traversal(argument: 0, factor: 2 * CostFactors.traversal), "validate": .namedFormat,
            "join": .resultTraversal(factor: 2 * CostFactors.traversal), "find": .pattern, "findAll": .pattern,
            Operators.equal: .opaqueOr,
        ]
        for name in ["isSorted", "sum", "max", "min", "indexOf", "lastIndexOf"] { rules[name] = .deepTraversal }
        for name in [
            "url", "lowerAscii", "upperAscii", "substring", "trim", "jsonpatch.escapeKey", "cidr", "isIP", "isCIDR",
            "quantity", "isQuantity", "semver", "isSemver",
        ] {
            rules[name] = .traversal(argument: 0, factor: CostFactors.traversal)
        }
        for name in ["replace", "split"] { rules[name] = .traversal(argument: 0, factor: 2 * CostFactors.traversal) }
        return rules
    }()

    private static let overloadRules: [String: CallCost] = {
        var rules: [String: CallCost] = [
            "list_sets_contains_list": .product(factor: 1), "list_sets_intersects_list": .product(factor: 1),
            "list_sets_equivalent_list": .product(factor: 2), "list_slice": .listResult, "lists_range": .listResult,
            "list_reverse": .listResult, "list_flatten": .flatten, "list_flatten_int": .flatten,
            "list_distinct": .selfProduct(argument: 0),
        ]
        for type in ListLibrary.comparable {
            rules["list_\(type.name)_sort"] = .selfProduct(argument: 0)
            rules["list_\(type.name)_sortByAssociatedKeys"] = .selfProduct(argument: 1)
        }
        return rules
    }()

    private static let standardRules: [String: CallCost] = {
        var rules: [String: CallCost] = [
            "in_list": .size(argument: 1), "add_string": .sum, "add_bytes": .sum, "matches_string": .pattern,
            "contains_string": .substring,
        ]
        for id in [
            "starts_with_string", "ends_with_string", "string_to_bytes", "bytes_to_string", "strings_quote",
            "string_format",
        ] {
            rules[id] = .traversal(argument: 0, factor: CostFactors.traversal)
        }
        for order in ["less", "greater", "less_equals", "greater_equals"] {
            rules["\(order)_string"] = .smaller
            rules["\(order)_bytes"] = .smaller
        }
        return rules
    }()
}
