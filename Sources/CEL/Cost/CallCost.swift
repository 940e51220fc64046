/// What a call costs at run time: a rule chosen when planning, applied to the sizes of the arguments.
///
/// Source: cel-go's interpreter/runtimecost.go, Kubernetes' cel/library/cost.go, cel-go's ext/{sets,lists}.go.
enum CallCost: Sendable {
    case fixed(UInt64)
    /// A part of the size of an argument, rounded up.
    case traversal(argument: Int, factor: Double)
    /// A part of the size of the result.
    case resultTraversal(factor: Double)
    /// The size of an argument.
    case size(argument: Int)
    /// The smaller of two: order and equality of texts.
    case smaller
    case equality
    /// Both: joining texts.
    case sum
    case pattern
    case substring
    /// Every element of a list, texts by their length.
    case deepTraversal
    case selector
    case namedFormat
    case contained(isText: Bool, isRange: Bool)
    /// Each element with each: sets.
    case product(factor: Double)
    /// A list of the result's size.
    case listResult
    case flatten
    /// Each element of a list with each other.
    case selfProduct(argument: Int)
    /// A quantity, an address and the like cost one, others by size: `==`.
    case opaqueOr

    /// What a call costs whose arguments could not be computed.
    var ofFailure: UInt64 {
        switch self {
        case .fixed(let cost): cost
        case .deepTraversal: 1
        case .substring, .pattern, .traversal, .smaller, .equality, .sum, .size: 1
        default: 1
        }
    }

    /// - Parameter first, second: the first two arguments, which are all that a rule looks at.
    func actual(_ first: CELValue?, _ second: CELValue?, _ result: CELValue?) -> UInt64 {
        func size(_ index: Int) -> UInt64 { (index == 0 ? first : second)?.costSize ?? 1 }
        switch self {
        case .fixed(let cost): return cost
        case .traversal(let index, let factor): return size(index).scaledUp(by: factor)
        case .resultTraversal(let factor): return (result?.costSize ?? 1).scaledUp(by: factor)
        case .size(let index): return size(index)
        case .smaller, .equality, .opaqueOr: return min(size(0), size(1)).scaledUp(by: CostFactors.traversal)
        case .sum: return size(0).saturatingAdd(size(1)).scaledUp(by: CostFactors.traversal)
        case .pattern:
            return size(0).saturatingAdd(1).scaledUp(by: CostFactors.traversal)
                .saturatingMultiply(size(1).scaledUp(by: CostFactors.pattern))
        case .substring:
            return size(0).scaledUp(by: CostFactors.traversal)
                .saturatingMultiply(size(1).scaledUp(by: CostFactors.traversal))
        case .deepTraversal: return first.map(Self.deepSize) ?? 0
        case .selector: return Self.selector(CostEstimate(size(1))).maximum
        case .namedFormat:
            guard case .opaque(let format as FormatValue)? = first else { return 1 }
            return size(1).saturatingAdd(1).scaledUp(by: CostFactors.traversal)
                .saturatingMultiply(format.format.patternSize.scaledUp(by: CostFactors.pattern))
        case .contained(let isText, let isRange):
            var cost = (size(0) * 2).scaledUp(by: CostFactors.traversal)
            if isRange { cost += size(0).scaledUp(by: CostFactors.traversal) + 1 }
            if isText { cost += size(1).scaledUp(by: CostFactors.traversal) }
            return cost
        case .product(let factor): return 1 + UInt64(Double(size(0).saturatingMultiply(size(1))) * factor)
        case .listResult: return (result?.costSize ?? 1) + 1 + CostFactors.listCreation
        case .flatten:
            var depth = 1.0
            if case .int(let levels)? = second { depth = Double(max(0, levels)) }
            return UInt64(min(Double(size(0)) * depth, 1e18)) + 1 + CostFactors.listCreation
        case .selfProduct(let index): return (index == 0 ? first : second).map(Self.selfProduct) ?? 1
        }
    }

    private static func selfProduct(_ value: CELValue) -> UInt64 {
        var factor = 2.0
        if case .list(let list) = value, list.count > 0, let first = try? list.element(0) {
            switch first {
            case .string, .bytes: factor += CostFactors.traversal
            default: break
            }
        }
        let size = value.costSize
        return UInt64(Double(size * size) * factor) + 1 + CostFactors.listCreation
    }

    /// Texts count by tenths of their bytes, all else by one.
    private static func deepSize(_ value: CELValue) -> UInt64 {
        switch value {
        case .string(let text): return UInt64(Double(text.utf8.count) * CostFactors.traversal)
        case .bytes(let bytes): return UInt64(Double(bytes.count) * CostFactors.traversal)
        case .list(let list):
            var total: UInt64 = 0
            for index in 0..<list.count { total += (try? list.element(index)).map(deepSize) ?? 1 }
            return total
        case .map(let map):
            var total: UInt64 = 0
            for key in map.keys { total += deepSize(key) + ((try? map.find(key)).map { $0.map(deepSize) ?? 0 } ?? 1) }
            return total
        case .object(.json(let object, let type)):
            var total: UInt64 = 0
            for member in object.members {
                total += UInt64(Double(member.key.utf8.count) * CostFactors.traversal)
                if let field = type.field(FieldEscaping.escape(member.key) ?? ""),
                    let value = try? JSONBridge.value(of: member.value, field.type)
                {
                    total += deepSize(value)
                }
            }
            return total
        default: return 1
        }
    }

    static func selector(_ length: CostEstimate) -> CostEstimate {
        CostEstimate(CostFactors.listCreation) + length.scaled(by: CostFactors.traversal)
            + length.scaled(by: CostFactors.requirementsPerCharacter).scaled(by: CostFactors.requirement)
    }
}
