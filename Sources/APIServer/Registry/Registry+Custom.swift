import Machinery
import Store

/// What custom resources do besides: their definition may have changed since an object was written.
extension Registry {
    /// The object at rest as its definition has it now; nearly always it is that already.
    func resting(_ object: StoredObject) throws(StatusError) -> StoredObject {
        guard let custom, !custom.family.isCurrent(object) else { return object }
        return object.reencoded(as: try parse(object).encoded())
    }

    /// What selectors find an object by.
    ///
    /// - Parameters:
    ///   - object: in its working form.
    ///   - resting: as it will lie in the store.
    func headerFields(_ object: JSONObject, resting: JSONObject) async throws(StatusError) -> [FieldPair] {
        let fields = strategy.objectSelectableFields(object).map { FieldPair(name: $0.name, value: $0.value) }
        guard let custom else { return fields }
        var all = [custom.family.mark(resting)] + fields
        // Other versions may be selected by other fields.
        for version in custom.family.versions where version.gvk != custom.gvk && !version.selectableFields.isEmpty {
            let form = try await versions?.convert(object, to: version.gvk.groupVersion) ?? object
            all += version.selectableValues(form).map {
                FieldPair(name: version.headerName($0.name), value: $0.value)
            }
        }
        return all
    }
}
