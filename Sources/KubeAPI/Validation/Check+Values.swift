import Machinery

/// More checks that many kinds share.
extension Check {
    /// One of a set; an empty text is not supported either.
    static func supported(
        _ value: String, _ supported: [String], at path: @autoclosure () -> FieldPath
    ) -> [FieldError] {
        supported.contains(value) ? [] : [.notSupported(path(), value, supported: supported)]
    }

    /// Conditions of the common form (KEP-1623): a type and a reason each, no type twice.
    static func conditions(_ conditions: [Condition], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var types: Set<String> = []
        for (index, condition) in conditions.enumerated() {
            let place = path.index(index)
            if !types.insert(condition.type).inserted { errors.append(.duplicate(place.child("type"), condition.type)) }
            errors += Check.condition(condition, at: place)
        }
        return errors
    }

    private static let maximumReasonBytes = 1024
    private static let maximumMessageBytes = 32 * 1024
    private static let reasonPattern = "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?"

    private static func condition(_ condition: Condition, at place: FieldPath) -> [FieldError] {
        var errors: [FieldError] = Names.qualifiedName(condition.type).map {
            .invalid(place.child("type"), condition.type, $0)
        }
        errors += Check.supported(condition.status, ["False", "True", "Unknown"], at: place.child("status"))
        if let generation = condition.observedGeneration, generation < 0 {
            errors.append(
                .invalid(place.child("observedGeneration"), generation, "must be greater than or equal to zero"))
        }
        if condition.lastTransitionTime == nil {
            errors.append(.required(place.child("lastTransitionTime")))
        }
        if condition.reason.isEmpty {
            errors.append(.required(place.child("reason")))
        } else {
            if !isReason(condition.reason) {
                errors.append(
                    .invalid(
                        place.child("reason"), condition.reason,
                        "a condition reason must start with alphabetic character, optionally followed by a string of "
                            + "alphanumeric characters or '_,:', and must end with an alphanumeric character or '_' "
                            + "(e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or "
                            + "'ReasonA:ReasonB', regex used for validation is '\(reasonPattern)')"))
            }
            if condition.reason.utf8.count > maximumReasonBytes {
                errors.append(.tooLong(place.child("reason"), maximumBytes: maximumReasonBytes))
            }
        }
        if condition.message.utf8.count > maximumMessageBytes {
            errors.append(.tooLong(place.child("message"), maximumBytes: maximumMessageBytes))
        }
        return errors
    }

    private static func isReason(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, isLetter(first) else { return false }
        func isInner(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") }
        return (bytes.count == 1 || isInner(last))
            && bytes.allSatisfy { isInner($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ":") }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

/// Lists.
extension Check {
    static func atMost(_ maximum: Int, _ count: Int, at path: FieldPath) -> [FieldError] {
        count > maximum ? [.tooMany(path, count: count, maximum: maximum)] : []
    }

    /// No value twice; `key` names the member that holds it.
    static func unique(_ values: [String], at path: FieldPath, key: String? = nil) -> [FieldError] {
        var seen: Set<String> = []
        return values.enumerated().compactMap { index, value in
            guard !seen.insert(value).inserted else { return nil }
            let place = path.index(index)
            return .duplicate(key.map { place.child($0) } ?? place, value)
        }
    }
}
