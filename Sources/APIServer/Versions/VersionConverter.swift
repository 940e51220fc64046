import Machinery

/// Turns objects of one kind from one version into another.
///
/// A conversion keeps `metadata` but for labels and annotations, and loses nothing: what a version cannot say is carried
/// along in annotations. It may be I/O (conversion webhooks), may fail, and is then the request's failure.
package protocol VersionConverter: Sendable {
    /// Converts objects, which may be of different versions (their `apiVersion` tells), all to one version.
    ///
    /// - Returns: as many objects, in the same order.
    func convert(_ objects: [JSONObject], to target: GroupVersion) async throws(StatusError) -> [JSONObject]
}

/// A converter that computes: no I/O, so watches can use it on their event loop.
package protocol PureVersionConverter: VersionConverter {
    func convert(_ object: JSONObject, to target: GroupVersion) throws(StatusError) -> JSONObject
}

extension PureVersionConverter {
    package func convert(
        _ objects: [JSONObject], to target: GroupVersion
    ) async throws(StatusError) -> [JSONObject] {
        var converted: [JSONObject] = []
        converted.reserveCapacity(objects.count)
        for object in objects { converted.append(try convert(object, to: target)) }
        return converted
    }
}
