import KubeAPI
import Machinery

extension Strategy {
    /// What a status update keeps of the object: everything but the status and the record of who wrote it.
    func restoreAllButStatus(_ object: inout Object, from old: Object) {
        let status = object.json["status"]
        let managedFields = object.json["metadata"]?["managedFields"]
        let resourceVersion = object.json["metadata"]?["resourceVersion"]
        object.json = old.json
        object.json["status"] = status
        object.json["metadata"]?.setMember("managedFields", managedFields)
        object.json["metadata"]?.setMember("resourceVersion", resourceVersion)
    }
}

extension JSON {
    /// Sets or, with `nil`, removes a member of an object; other values have none and stay.
    mutating func setMember(_ key: String, _ value: JSON?) {
        guard case .object(var object) = self else { return }
        object[key] = value
        self = .object(object)
    }
}
