import Machinery

/// An amount of a resource as a value; hosts put them into activations (the capacities of devices).
package struct QuantityValue: CELOpaque {
    static let type = CELType.object("kubernetes.Quantity")
    package let quantity: Quantity
    package var celType: CELType { Self.type }

    package init(_ quantity: Quantity) { self.quantity = quantity }

    package func isEqual(_ other: any CELOpaque) -> Bool { (other as? QuantityValue)?.quantity == quantity }
}

/// `quantity('1.5Gi').isGreaterThan(…)`
enum QuantityLibrary {
    typealias Failure = CELEvaluationError

    static let functions: FunctionTable = {
        var table = FunctionTable()
        table.add(
            "quantity",
            .one("string_to_quantity", "(string) kubernetes.Quantity") { value throws(Failure) in
                do throws(QuantityError) {
                    return .opaque(QuantityValue(try Quantity(parsing: value.stringValue ?? "")))
                } catch {
                    throw Failure(error.description)
                }
            })
        table.add(
            "isQuantity",
            .one("is_quantity_string", "(string) bool") { value throws(Failure) in
                .bool((try? Quantity(parsing: value.stringValue ?? "")) != nil)
            })
        addReadings(&table)
        addArithmetic(&table)
        return table
    }()

    private static func amount(_ value: CELValue) throws(Failure) -> Quantity {
        guard case .opaque(let value as QuantityValue) = value else { throw Failure("no such overload") }
        return value.quantity
    }

    private static func whole(_ quantity: Quantity) -> Int64? {
        let (units, rest) = quantity.nanos.quotientAndRemainder(dividingBy: 1_000_000_000)
        return rest == 0 ? Int64(exactly: units) : nil
    }

    private static func addReadings(_ table: inout FunctionTable) {
        let type = "kubernetes.Quantity"
        table.add(
            "sign",
            .one("quantity_sign", "(\(type)) int") { value throws(Failure) in
                .int(Int64(try amount(value).nanos.signum()))
            })
        table.add(
            "asApproximateFloat",
            .one("quantity_get_float", "\(type).() double") { value throws(Failure) in
                .double(try amount(value).approximateValue)
            })
        table.add(
            "asInteger",
            .one("quantity_get_int", "\(type).() int") { value throws(Failure) in
                guard let number = whole(try amount(value)) else {
                    throw Failure("cannot convert value to integer")
                }
                return .int(number)
            })
        table.add(
            "isInteger",
            .one("quantity_is_integer", "\(type).() bool") { value throws(Failure) in
                .bool(whole(try amount(value)) != nil)
            })
    }

    private static func addArithmetic(_ table: inout FunctionTable) {
        let type = "kubernetes.Quantity"
        table.add(
            "isGreaterThan",
            .two("quantity_is_greater_than", "\(type).(\(type)) bool") { left, right throws(Failure) in
                .bool(try amount(left) > amount(right))
            })
        table.add(
            "isLessThan",
            .two("quantity_is_less_than", "\(type).(\(type)) bool") { left, right throws(Failure) in
                .bool(try amount(left) < amount(right))
            })
        table.add(
            "compareTo",
            .two("quantity_compare_to", "\(type).(\(type)) int") { left, right throws(Failure) in
                let one = try amount(left)
                let other = try amount(right)
                return .int(one < other ? -1 : (one == other ? 0 : 1))
            })
        for (name, factor) in [("add", Int64(1)), ("sub", -1)] {
            table.add(
                name,
                .two("quantity_\(name)", "\(type).(\(type)) \(type)") { left, right throws(Failure) in
                    .opaque(QuantityValue(try amount(left) + amount(right) * factor))
                },
                .two("quantity_\(name)_int", "\(type).(int) \(type)") { left, right throws(Failure) in
                    guard case .int(let number) = right else { return left }
                    return .opaque(QuantityValue(try amount(left) + Quantity(number) * factor))
                })
        }
    }
}
