import Machinery

/// `resource.k8s.io/v1beta1`: what a request wants stood beside its name, a device's properties inside `basic`; later
/// versions have the one inside `exactly` and the other beside the name.
package struct DeviceConversion: PureVersionConverter {
    package init() {}

    private static let oldVersion = "v1beta1"

    package func convert(_ object: JSONObject, to target: GroupVersion) throws(StatusError) -> JSONObject {
        let isOld = object.string("apiVersion")?.hasSuffix("/\(Self.oldVersion)") == true
        var result = object
        result["apiVersion"] = .string(target.apiVersion)
        guard isOld != (target.version == Self.oldVersion) else { return result }
        result["spec"] = result["spec"].map { isOld ? upgraded($0) : downgraded($0) }
        return result
    }

    private func upgraded(_ spec: JSON) -> JSON {
        changed(spec, requests: { Self.wrapped($0, into: "exactly", but: ["name", "firstAvailable"]) }) {
            Self.unwrapped($0, from: "basic")
        }
    }

    private func downgraded(_ spec: JSON) -> JSON {
        changed(spec, requests: { Self.unwrapped($0, from: "exactly") }) {
            // A device of that version has its properties in `basic`, be they none.
            Self.wrapped($0, into: "basic", but: ["name"], evenEmpty: true)
        }
    }

    /// A claim's spec, a template's, or a slice's.
    private func changed(
        _ spec: JSON, requests: (JSONObject) -> JSONObject, devices: (JSONObject) -> JSONObject
    ) -> JSON {
        guard case .object(var spec) = spec else { return spec }
        if let inner = spec["spec"] {
            spec["spec"] = changed(inner, requests: requests, devices: devices)
        }
        switch spec["devices"] {
        case .object(var claim)?:
            if let list = claim["requests"]?.arrayValue { claim["requests"] = .array(Self.each(list, requests)) }
            spec["devices"] = .object(claim)
        case .array(let list)?:
            spec["devices"] = .array(Self.each(list, devices))
        default: break
        }
        return .object(spec)
    }

    private static func each(_ list: [JSON], _ change: (JSONObject) -> JSONObject) -> [JSON] {
        list.map { element in
            guard case .object(let object) = element else { return element }
            return .object(change(object))
        }
    }

    private static func wrapped(
        _ object: JSONObject, into key: String, but kept: Set<String>, evenEmpty: Bool = false
    ) -> JSONObject {
        var outer = JSONObject(object.members.filter { kept.contains($0.key) }.map { ($0.key, $0.value) })
        let inner = JSONObject(object.members.filter { !kept.contains($0.key) }.map { ($0.key, $0.value) })
        if evenEmpty || !inner.isEmpty { outer[key] = .object(inner) }
        return outer
    }

    private static func unwrapped(_ object: JSONObject, from key: String) -> JSONObject {
        guard case .object(let inner)? = object[key] else { return object }
        var result = object
        result[key] = nil
        for member in inner.members { result[member.key] = member.value }
        return result
    }
}
