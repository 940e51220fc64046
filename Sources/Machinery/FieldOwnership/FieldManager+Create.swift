extension FieldManager {
    /// The `managedFields` of a new object that all belongs to one manager, as text: what `update` with no live object
    /// would enter, without a set that is built, reduced and printed.
    ///
    /// `nil` where more has to be looked at: the client sent a list itself, or there is nothing to own, or no metadata.
    package func ownership(ofNew object: JSONObject, manager: String) -> [UInt8]? {
        guard case .object(let metadata)? = object[Self.metadata], !metadata.contains(Self.managedFields),
            resetFields.isOfWholeMembers
        else { return nil }
        var writer = JSONWriter(reserving: 2048)
        let owner = owner(manager, .update)
        writer.raw("[{\"apiVersion\":")
        writer.write(owner.apiVersion)
        writer.raw(",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":")
        guard FieldSetWriter.write(new: object, schema, without: resetFields, to: &writer) else { return nil }
        writer.raw(",\"manager\":")
        writer.write(owner.manager)
        writer.raw(",\"operation\":\"Update\"")
        if !owner.subresource.isEmpty {
            writer.raw(",\"subresource\":")
            writer.write(owner.subresource)
        }
        writer.raw(",\"time\":")
        writer.write(now.json)
        writer.raw("}]")
        return writer.bytes
    }
}
