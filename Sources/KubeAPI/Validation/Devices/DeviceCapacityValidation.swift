import Machinery

/// How much of a device's capacity one request may take.
enum DeviceCapacityValidation {
    private static let maximumValues = 10

    /// - Parameter isShared: the device may be allocated more than once.
    static func validate(_ capacity: DeviceCapacity, isShared: Bool, at path: FieldPath) -> [FieldError] {
        guard let policy = capacity.requestPolicy else { return [] }
        let place = path.child("requestPolicy")
        guard isShared else { return [.forbidden(place, "allowMultipleAllocations must be true")] }
        let whole = capacity.value ?? .zero
        let values = policy.validValues.compactMap(Quantity.init(json:))
        switch (values.isEmpty, policy.validRange) {
        case (false, _?):
            return [
                .forbidden(
                    place,
                    "exactly one policy can be specified, cannot specify \"validValues\" and \"validRange\" at the "
                        + "same time")
            ]
        case (false, nil):
            guard let standard = policy.default else {
                return [.required(place.child("default"), "required when validValues is defined")]
            }
            return validate(values, standard, whole, at: place.child("validValues"))
        case (true, let range?):
            guard let standard = policy.default else {
                return [.required(place.child("default"), "required when validRange is defined")]
            }
            return validate(range, standard, whole, at: place.child("validRange"))
        case (true, nil):
            return []
        }
    }

    private static func validate(
        _ values: [Quantity], _ standard: Quantity, _ whole: Quantity, at path: FieldPath
    ) -> [FieldError] {
        var errors: [FieldError] = []
        for index in values.indices.dropFirst() where values[index - 1] > values[index] {
            errors.append(
                .invalid(path.index(index), values[index].description, "values must be sorted in ascending order"))
        }
        errors += DeviceCheck.list(values, atMost: maximumValues, at: path) { value, place in
            value > whole
                ? [.invalid(place, value.description, "option is larger than capacity value: \(whole)")] : []
        }
        errors += Check.unique(values.map { "\($0.value)" }, at: path)
        if !values.contains(standard) {
            errors.append(
                .invalid(
                    path, standard.description, "default value is not valid according to the requestPolicy"))
        }
        return errors
    }

    private static func validate(
        _ range: CapacityRequestPolicyRange, _ standard: Quantity, _ whole: Quantity, at path: FieldPath
    ) -> [FieldError] {
        guard let least = range.min else {
            return [.required(path.child("min"), "required when validRange is defined")]
        }
        var errors: [FieldError] = []
        func add(_ key: String, _ value: Quantity, _ detail: String) {
            errors.append(.invalid(path.child(key), value.description, detail))
        }
        if least > whole { add("min", least, "min is larger than capacity value: \(whole)") }
        if standard < least { add("min", standard, "default is less than min: \(least)") }
        if let most = range.max {
            if least > most { add("max", least, "min is larger than max: \(most)") }
            if most > whole { add("max", most, "max is larger than capacity value: \(whole)") }
            if standard > most { add("max", standard, "default is more than max: \(most)") }
        }
        if let step = range.step {
            if least + step > whole {
                add("step", step, "one step \(least + step) is larger than capacity value: \(whole)")
            }
            for value in [standard, range.max].compactMap(\.self)
            where step.value == 0 || (value.value - least.value) % step.value != 0 {
                add("step", value, "value is not a multiple of a given step (\(step)) from (\(least))")
            }
        }
        return errors
    }
}
