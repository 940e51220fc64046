import KubeAPI
import Machinery

/// The same operations over plain objects, so that the registry can hold any strategy.
extension Strategy {
    var kind: GroupVersionKind { Object.kind }
    /// The resource, in the version that the strategy works on: the one objects are stored in.
    var storedResource: GroupVersionResource { Object.resource }

    func applyObjectDefaults(_ object: inout JSONObject) { change(&object) { applyDefaults(&$0) } }
    func prepareObjectForCreate(_ object: inout JSONObject) { change(&object) { prepareForCreate(&$0) } }

    func prepareObjectForUpdate(_ object: inout JSONObject, from old: JSONObject) {
        change(&object) { prepareForUpdate(&$0, from: Object(json: old)) }
    }

    func prepareObjectForStatusUpdate(_ object: inout JSONObject, from old: JSONObject) {
        change(&object) { prepareForStatusUpdate(&$0, from: Object(json: old)) }
    }

    func validateObject(_ object: JSONObject) -> [FieldError] { validate(Object(json: object)) }

    func validateNewObject(_ object: JSONObject) -> [FieldError] {
        let object = Object(json: object)
        return validate(object) + validateCreate(object)
    }

    func validateObjectUpdate(_ object: JSONObject, from old: JSONObject) -> [FieldError] {
        validateChange(Object(json: object), from: Object(json: old))
    }

    func validateObjectStatusUpdate(_ object: JSONObject, from old: JSONObject) -> [FieldError] {
        validateStatusUpdate(Object(json: object), from: Object(json: old))
    }

    func objectWarnings(_ object: JSONObject, from old: JSONObject?) -> [String] {
        warnings(for: Object(json: object), from: old.map(Object.init(json:)))
    }

    func objectSelectableFields(_ object: JSONObject) -> [(name: String, value: String)] {
        selectableFields(Object(json: object))
    }

    func objectCells(_ object: JSONObject, now: Timestamp) -> [JSON] { cells(Object(json: object), now: now) }

    func objectGracePeriodSeconds(_ object: JSONObject, requested: Int64?) -> Int64? {
        gracePeriodSeconds(Object(json: object), requested: requested)
    }

    func objectPendingFinalizers(_ object: JSONObject) -> [String] { pendingFinalizers(Object(json: object)) }
    func prepareObjectForDeletion(_ object: inout JSONObject) { change(&object) { prepareForDeletion(&$0) } }

    /// Moves the tree into a view and back, so that changing it in place copies nothing.
    private func change(_ object: inout JSONObject, _ body: (inout Object) -> Void) {
        var view = Object(json: object)
        object = JSONObject()
        body(&view)
        object = view.json
    }
}
