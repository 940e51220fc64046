/// Accessors for members that hold quantities, times and numbers-or-texts; generated models are made of them.
extension JSONObject {
    package func quantity(_ key: String) -> Quantity? { self[key].flatMap(Quantity.init(json:)) }
    package func time(_ key: String) -> Timestamp? { self[key].flatMap(Timestamp.init(json:)) }
    package func microTime(_ key: String) -> Timestamp? { self[key].flatMap(Timestamp.init(json:)) }
    package func intOrString(_ key: String) -> IntOrString? { self[key].flatMap(IntOrString.init(json:)) }
    package func goDuration(_ key: String) -> GoDuration? { self[key].flatMap(GoDuration.init(json:)) }

    package func quantityMap(_ key: String) -> [String: Quantity] {
        guard let object = self[key]?.objectValue else { return [:] }
        var result: [String: Quantity] = [:]
        result.reserveCapacity(object.count)
        for member in object.members {
            if let quantity = Quantity(json: member.value) { result[member.key] = quantity }
        }
        return result
    }

    package mutating func set(_ key: String, _ value: Quantity?) { self[key] = value?.json }
    package mutating func set(_ key: String, _ value: IntOrString?) { self[key] = value?.json }
    package mutating func set(_ key: String, _ value: GoDuration?) { self[key] = value?.json }
    /// Writes a `Time`: whole seconds.
    package mutating func setTime(_ key: String, _ value: Timestamp?) { self[key] = value?.json }
    /// Writes a `MicroTime`: microseconds.
    package mutating func setMicroTime(_ key: String, _ value: Timestamp?) { self[key] = value?.microJSON }

    package mutating func set(_ key: String, _ values: [String: Quantity]) {
        self[key] = values.isEmpty ? nil : .object(JSONObject(values.map { ($0.key, $0.value.json) }))
    }
}
