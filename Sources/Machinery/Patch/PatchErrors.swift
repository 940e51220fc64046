/// The failures of patches, as the API answers them.
extension StatusError {
    /// A patch that is well formed but cannot be applied to the object.
    static func patchFailed(_ cause: String) -> StatusError {
        StatusError(
            code: 422, reason: .invalid, message: "the server rejected our request due to an error in our request",
            details: Details(causes: [Cause(reason: "UnexpectedServerResponse", message: cause)]))
    }

    static let badStrategicPatch = StatusError.badRequest("Invalid JSON document")
    static let badPrimitiveList = StatusError.badRequest("invalid patch format of primitive list")
    static let badRetainKeys = StatusError.badRequest("invalid patch format of retainKeys")
    static let badElementOrder = StatusError.badRequest("invalid patch format of setElementOrder list")
    static let listOfLists = StatusError.patchFailed("lists of lists are not supported")
}
