extension Selector {
    package enum Operation: String, Hashable, Sendable {
        case equals = "="
        case doubleEquals = "=="
        case notEquals = "!="
        case `in`
        case notIn = "notin"
        case exists
        case doesNotExist = "!"
        case greaterThan = "gt"
        case lessThan = "lt"
    }

    /// One condition on one label.
    package struct Requirement: Hashable, Sendable {
        package let key: String
        package let operation: Operation
        /// Sorted, without repetition.
        package let values: [String]

        /// Checks key, values and their number.
        package init(
            key: String, _ operation: Operation, _ values: [String] = [], at path: FieldPath = .root
        ) throws(SelectorError) {
            let errors = Self.validate(key: key, operation, values, at: path)
            guard errors.isEmpty else { throw SelectorError(errors.aggregated) }
            self.init(trusted: key, operation, values)
        }

        /// For keys and values known to be valid.
        package init(trusted key: String, _ operation: Operation, _ values: [String] = []) {
            self.key = key
            self.operation = operation
            self.values = values.count < 2 ? values : Set(values).sorted(by: UTF8Order.isLess)
        }

        private static func validate(
            key: String, _ operation: Operation, _ values: [String], at path: FieldPath
        ) -> [FieldError] {
            var errors: [FieldError] = []
            let keyProblems = Names.qualifiedName(key)
            if !keyProblems.isEmpty {
                errors.append(.invalid(path.child("key"), key, keyProblems.joined(separator: "; ")))
            }
            let valuesPath = path.child("values")
            func wrongCount(_ detail: String) -> FieldError {
                .invalid(valuesPath, .array(values.map(JSON.string)), detail)
            }
            switch operation {
            case .in, .notIn:
                if values.isEmpty {
                    errors.append(wrongCount("for 'in', 'notin' operators, values set can't be empty"))
                }
            case .equals, .doubleEquals, .notEquals:
                if values.count != 1 {
                    errors.append(wrongCount("exact-match compatibility requires one single value"))
                }
            case .exists, .doesNotExist:
                if !values.isEmpty {
                    errors.append(wrongCount("values set must be empty for exists and does not exist"))
                }
            case .greaterThan, .lessThan:
                if values.count != 1 {
                    errors.append(wrongCount("for 'Gt', 'Lt' operators, exactly one value is required"))
                }
                for (index, value) in values.enumerated() where Int64(value) == nil {
                    errors.append(
                        .invalid(
                            valuesPath.index(index), value,
                            "for 'Gt', 'Lt' operators, the value must be an integer"))
                }
            }
            for (index, value) in values.enumerated() {
                let problems = Names.labelValue(value)
                if !problems.isEmpty {
                    errors.append(.invalid(valuesPath.index(index).key(key), value, problems.joined(separator: "; ")))
                }
            }
            return errors
        }

        /// - Parameter value: the label's value; `nil` when the object does not have the label.
        package func matches(_ value: String?) -> Bool {
            switch operation {
            case .equals, .doubleEquals, .in:
                guard let value else { return false }
                return values.contains(value)
            case .notEquals, .notIn:
                guard let value else { return true }
                return !values.contains(value)
            case .exists: return value != nil
            case .doesNotExist: return value == nil
            case .greaterThan, .lessThan:
                guard let value, let number = Int64(value), let text = values.first, let bound = Int64(text) else {
                    return false
                }
                return operation == .greaterThan ? number > bound : number < bound
            }
        }
    }
}

extension Selector.Requirement: CustomStringConvertible {
    package var description: String {
        let list = values.joined(separator: ",")
        return switch operation {
        case .equals, .doubleEquals, .notEquals: "\(key)\(operation.rawValue)\(list)"
        case .in, .notIn: "\(key) \(operation.rawValue) (\(list))"
        case .exists: key
        case .doesNotExist: "!\(key)"
        case .greaterThan: "\(key)>\(list)"
        case .lessThan: "\(key)<\(list)"
        }
    }
}
