extension Checker {
    mutating func checkList(_ expression: Expression, _ elements: [Expression.Element]) {
        var joined: CELType?
        for element in elements {
            check(element.value)
            let found = elementType(element.value, isOptional: element.isOptional)
            joined = join(joined, found)
        }
        expression.type = .list(joined ?? mapping.fresh())
    }

    mutating func checkMap(_ expression: Expression, _ entries: [Expression.Entry]) {
        var keys: CELType?
        var values: CELType?
        for entry in entries {
            check(entry.key)
            keys = join(keys, type(of: entry.key))
            check(entry.value)
            let found = elementType(entry.value, isOptional: entry.isOptional)
            values = join(values, found)
        }
        if let keys, let values {
            expression.type = .map(keys, values)
        } else {
            let key = mapping.fresh()
            expression.type = .map(key, mapping.fresh())
        }
    }

    /// The type of an element; one marked with `?` must be an optional and counts as what it wraps.
    private mutating func elementType(_ value: Expression, isOptional: Bool) -> CELType {
        let found = type(of: value)
        guard isOptional else { return found }
        if let wrapped = found.optionalElement { return wrapped }
        if !found.isDyn { mismatch(.optional(found), found, at: value.offset) }
        return found
    }

    /// The common type of elements; `dyn` when there is none. `LiteralCheck` says where that is an error.
    private mutating func join(_ previous: CELType?, _ current: CELType) -> CELType {
        guard let previous else { return current }
        return mapping.isAssignable(previous, current) ? TypeMapping.mostGeneral(previous, current) : .dyn
    }

    mutating func checkStructure(_ expression: Expression, _ name: String, _ fields: [Expression.FieldValue]) {
        let plain = name.hasPrefix(".") ? String(name.dropFirst()) : name
        guard let named = types.typeNamed(plain) else {
            expression.type = .error
            undeclared(name, at: expression.offset)
            return
        }
        guard case .object(let typeName) = named, types.find(typeName) != nil else {
            expression.type = .error
            report("'\(named.name)' is not a message type", at: expression.offset)
            return
        }
        expression.type = named
        expression.kind = .structure(typeName, fields)
        for field in fields {
            check(field.value)
            guard let declared = types.field(field.name, of: typeName) else {
                report("undefined field '\(field.name)'", at: field.offset)
                continue
            }
            let found = elementType(field.value, isOptional: field.isOptional)
            if !mapping.isAssignable(declared.type.celType, found) {
                report(
                    "expected type of field '\(field.name)' is '\(declared.type.celType)' but provided type is "
                        + "'\(found)'",
                    at: field.offset)
            }
        }
    }

    /// Replaces type variables by what they came to be; those that stayed unknown are `dyn`.
    func finish(_ expression: Expression, _ seen: inout Set<ObjectIdentifier>) {
        guard seen.insert(ObjectIdentifier(expression)).inserted else { return }
        expression.type = mapping.substitute(expression.type ?? .dyn, unknownAsDyn: true)
        switch expression.kind {
        case .literal, .identifier: break
        case .select(let operand, _, _): finish(operand, &seen)
        case .call(_, let target, let arguments):
            if let target { finish(target, &seen) }
            for argument in arguments { finish(argument, &seen) }
        case .list(let elements):
            for element in elements { finish(element.value, &seen) }
        case .map(let entries):
            for entry in entries {
                finish(entry.key, &seen)
                finish(entry.value, &seen)
            }
        case .structure(_, let fields):
            for field in fields { finish(field.value, &seen) }
        case .comprehension(let fold):
            for part in [fold.range, fold.initial, fold.condition, fold.step, fold.result] { finish(part, &seen) }
        }
    }
}
