import Machinery

/// The functions of the language itself.
enum StandardLibrary {
    static let functions: FunctionTable = {
        var table = FunctionTable()
        addOperators(&table)
        addComparisons(&table)
        addSizes(&table)
        ConversionLibrary.add(&table)
        StringLibrary.addStandard(&table)
        TimeLibrary.add(&table)
        return table
    }()

    private static func builtIn(_ id: String, _ signature: String) -> Overload {
        Overload(id, signature, .builtIn)
    }

    private static func addOperators(_ table: inout FunctionTable) {
        table.add(Operators.conditional, builtIn("conditional", "(bool, A, A) A"))
        table.add(Operators.and, builtIn("logical_and", "(bool, bool) bool"))
        table.add(Operators.or, builtIn("logical_or", "(bool, bool) bool"))
        table.add(Operators.not, builtIn("logical_not", "(bool) bool"))
        table.add(Operators.notStrictlyFalse, builtIn("not_strictly_false", "(bool) bool"))
        table.add(Operators.equal, builtIn("equals", "(A, A) bool"))
        table.add(Operators.notEqual, builtIn("not_equals", "(A, A) bool"))
        table.add(
            Operators.add, builtIn("add_bytes", "(bytes, bytes) bytes"),
            builtIn("add_double", "(double, double) double"),
            builtIn("add_duration_duration", "(duration, duration) duration"),
            builtIn("add_duration_timestamp", "(duration, timestamp) timestamp"),
            builtIn("add_timestamp_duration", "(timestamp, duration) timestamp"),
            builtIn("add_int64", "(int, int) int"), builtIn("add_list", "(list(A), list(A)) list(A)"),
            builtIn("add_string", "(string, string) string"), builtIn("add_uint64", "(uint, uint) uint"))
        table.add(
            Operators.subtract, builtIn("subtract_double", "(double, double) double"),
            builtIn("subtract_duration_duration", "(duration, duration) duration"),
            builtIn("subtract_int64", "(int, int) int"),
            builtIn("subtract_timestamp_duration", "(timestamp, duration) timestamp"),
            builtIn("subtract_timestamp_timestamp", "(timestamp, timestamp) duration"),
            builtIn("subtract_uint64", "(uint, uint) uint"))
        for (name, id) in [(Operators.multiply, "multiply"), (Operators.divide, "divide")] {
            table.add(
                name, builtIn("\(id)_double", "(double, double) double"), builtIn("\(id)_int64", "(int, int) int"),
                builtIn("\(id)_uint64", "(uint, uint) uint"))
        }
        table.add(
            Operators.modulo, builtIn("modulo_int64", "(int, int) int"),
            builtIn("modulo_uint64", "(uint, uint) uint"))
        table.add(
            Operators.negate, builtIn("negate_double", "(double) double"), builtIn("negate_int64", "(int) int"))
        table.add(
            Operators.index, builtIn("index_list", "(list(A), int) A"), builtIn("index_map", "(map(A, B), A) B"))
        table.add(
            Operators.in, builtIn("in_list", "(A, list(A)) bool"), builtIn("in_map", "(A, map(A, B)) bool"))
    }

    private static func addComparisons(_ table: inout FunctionTable) {
        let numbers = [("int64", "int"), ("uint64", "uint"), ("double", "double")]
        for (name, id) in [
            (Operators.less, "less"), (Operators.lessOrEqual, "less_equals"), (Operators.greater, "greater"),
            (Operators.greaterOrEqual, "greater_equals"),
        ] {
            table.add(name, builtIn("\(id)_bool", "(bool, bool) bool"))
            for (leftID, left) in numbers {
                table.add(name, builtIn("\(id)_\(leftID)", "(\(left), \(left)) bool"))
                for (rightID, right) in numbers where right != left {
                    table.add(name, builtIn("\(id)_\(leftID)_\(rightID)", "(\(left), \(right)) bool"))
                }
            }
            for type in ["string", "bytes", "timestamp", "duration"] {
                table.add(name, builtIn("\(id)_\(type)", "(\(type), \(type)) bool"))
            }
        }
    }

    private static func addSizes(_ table: inout FunctionTable) {
        let size: Overload.Unary = { value throws(CELEvaluationError) in
            switch value {
            case .object(let object): .int(Int64(object.count))
            default: .int(Int64(value.costSize))
            }
        }
        for (id, type) in [("bytes", "bytes"), ("list", "list(A)"), ("map", "map(A, B)"), ("string", "string")] {
            table.add(
                "size", .one("size_\(id)", "(\(type)) int", size), .one("\(id)_size", "\(type).() int", size))
        }
    }
}
