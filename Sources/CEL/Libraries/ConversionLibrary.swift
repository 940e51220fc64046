import Machinery

/// `int(x)`, `string(x)`, `type(x)` and the other conversions.
enum ConversionLibrary {
    static func add(_ table: inout FunctionTable) {
        addNumbers(&table)
        addTexts(&table)
        table.add("type", .one("type", "(A) type(A)") { value throws(CELEvaluationError) in .type(value.runtimeType) })
        table.add("dyn", .one("to_dyn", "(A) dyn") { value throws(CELEvaluationError) in value })
    }

    private static func addNumbers(_ table: inout FunctionTable) {
        for (target, sources) in [
            ("int", ["int64", "double", "duration", "string", "timestamp", "uint64"]),
            ("uint", ["uint64", "double", "int64", "string"]),
            ("double", ["double", "int64", "string", "uint64"]),
        ] {
            let targetID = target == "double" ? target : target + "64"
            for source in sources {
                let type = source.replacing("64", with: "")
                table.add(
                    target,
                    .one("\(source)_to_\(targetID)", "(\(type)) \(target)") { value throws(CELEvaluationError) in
                        switch target {
                        case "int": .int(try Conversions.int(value))
                        case "uint": .uint(try Conversions.uint(value))
                        default: .double(try Conversions.double(value))
                        }
                    })
            }
        }
        table.add(
            "bool", .one("bool_to_bool", "(bool) bool") { value throws(CELEvaluationError) in value },
            .one("string_to_bool", "(string) bool") { value throws(CELEvaluationError) in
                try Conversions.bool(value)
            })
    }

    private static func addTexts(_ table: inout FunctionTable) {
        table.add(
            "bytes", .one("bytes_to_bytes", "(bytes) bytes") { value throws(CELEvaluationError) in value },
            .one("string_to_bytes", "(string) bytes") { value throws(CELEvaluationError) in
                .bytes(Array((value.stringValue ?? "").utf8))
            })
        for source in ["string", "bool", "bytes", "double", "duration", "int64", "timestamp", "uint64"] {
            let type = source.replacing("64", with: "")
            table.add(
                "string",
                .one("\(source)_to_string", "(\(type)) string") { value throws(CELEvaluationError) in
                    .string(try Conversions.string(value))
                })
        }
        table.add(
            "duration",
            .one("duration_to_duration", "(duration) duration") { value throws(CELEvaluationError) in value },
            .one("int64_to_duration", "(int) duration") { value throws(CELEvaluationError) in
                guard case .int(let number) = value else { return value }
                return .duration(number)
            },
            .one("string_to_duration", "(string) duration") { value throws(CELEvaluationError) in
                .duration(try Conversions.duration(value.stringValue ?? ""))
            })
        table.add(
            "timestamp",
            .one("timestamp_to_timestamp", "(timestamp) timestamp") { value throws(CELEvaluationError) in value },
            .one("int64_to_timestamp", "(int) timestamp") { value throws(CELEvaluationError) in
                guard case .int(let number) = value else { return value }
                return .timestamp(try Moments.make(seconds: number, nanoseconds: 0))
            },
            .one("string_to_timestamp", "(string) timestamp") { value throws(CELEvaluationError) in
                guard let moment = TimestampText.parse(value.stringValue ?? "") else {
                    throw CELEvaluationError(
                        "type conversion error from 'string' to 'google.protobuf.Timestamp'")
                }
                return .timestamp(moment)
            })
    }
}

/// The rules of conversion; what does not fit is an error, never a different value.
enum Conversions {
    static func int(_ value: CELValue) throws(CELEvaluationError) -> Int64 {
        switch value {
        case .int(let number): return number
        case .uint(let number):
            guard let narrow = Int64(exactly: number) else { throw CELEvaluationError("integer overflow") }
            return narrow
        case .double(let number):
            // The ends are excluded: a double cannot tell them from what lies beyond.
            guard number > -9_223_372_036_854_775_808, number < 9_223_372_036_854_775_808 else {
                throw CELEvaluationError("integer overflow")
            }
            return Int64(number)
        case .duration(let nanoseconds): return nanoseconds
        case .timestamp(let moment): return moment.seconds
        case .string(let text):
            guard let number = Int64(text) else { throw failed("string", "int") }
            return number
        default: throw CELEvaluationError("no such overload: int")
        }
    }

    static func uint(_ value: CELValue) throws(CELEvaluationError) -> UInt64 {
        switch value {
        case .uint(let number): return number
        case .int(let number):
            guard let narrow = UInt64(exactly: number) else {
                throw CELEvaluationError("unsigned integer overflow")
            }
            return narrow
        case .double(let number):
            guard number >= 0, number < 18_446_744_073_709_551_616 else {
                throw CELEvaluationError("unsigned integer overflow")
            }
            return UInt64(number)
        case .string(let text):
            guard !text.hasPrefix("+"), let number = UInt64(text) else { throw failed("string", "uint") }
            return number
        default: throw CELEvaluationError("no such overload: uint")
        }
    }

    static func double(_ value: CELValue) throws(CELEvaluationError) -> Double {
        switch value {
        case .double(let number): return number
        case .int(let number): return Double(number)
        case .uint(let number): return Double(number)
        case .string(let text):
            guard let number = NumberText.parseDouble(text) else { throw failed("string", "double") }
            return number
        default: throw CELEvaluationError("no such overload: double")
        }
    }

    static func bool(_ value: CELValue) throws(CELEvaluationError) -> CELValue {
        switch value.stringValue {
        case "1", "t", "T", "TRUE", "true", "True": return .bool(true)
        case "0", "f", "F", "FALSE", "false", "False": return .bool(false)
        default: throw failed("string", "bool")
        }
    }

    static func string(_ value: CELValue) throws(CELEvaluationError) -> String {
        switch value {
        case .bytes(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw CELEvaluationError("invalid UTF-8 in bytes, cannot convert to string")
            }
            return text
        case .string, .bool, .int, .uint, .double, .duration, .timestamp: return value.shown
        default: throw CELEvaluationError("no such overload: string")
        }
    }

    static func duration(_ text: String) throws(CELEvaluationError) -> Int64 {
        guard let parsed = try? GoDuration(parsing: text) else { throw failed("string", "google.protobuf.Duration") }
        return parsed.nanoseconds
    }

    private static func failed(_ source: String, _ target: String) -> CELEvaluationError {
        CELEvaluationError("type conversion error from '\(source)' to '\(target)'")
    }
}
