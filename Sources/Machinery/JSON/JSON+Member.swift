extension JSON {
    /// Sets or, with `nil`, removes a member of an object; other values have none and stay.
    package mutating func setMember(_ key: String, _ value: JSON?) {
        guard case .object(var object) = self else { return }
        object[key] = value
        self = .object(object)
    }
}
