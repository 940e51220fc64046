import Machinery

/// A typed model of a kind that the API serves as a resource.
package protocol KubeObject: JSONView {
    static var kind: GroupVersionKind { get }
    static var resource: GroupVersionResource { get }
    static var isNamespaced: Bool { get }
    var metadata: ObjectMeta { get set }
}

extension KubeObject {
    /// An object with its `apiVersion`, `kind` and name set.
    package init(name: String, namespace: String? = nil) {
        self.init(json: ["apiVersion": .string(Self.kind.apiVersion), "kind": .string(Self.kind.kind)])
        metadata.name = name
        metadata.namespace = namespace
    }

    package var name: String { metadata.name ?? "" }
    package var namespace: String { metadata.namespace ?? "" }
    package var uid: String { metadata.uid ?? "" }
    package var resourceVersion: String { metadata.resourceVersion ?? "" }
    package var labels: [String: String] { metadata.labels }
    package var annotations: [String: String] { metadata.annotations }
    package var isBeingDeleted: Bool { metadata.json["deletionTimestamp"] != nil }

    /// `namespace/name`, or the name alone for cluster-scoped objects: the key of informers and work queues.
    package var key: ObjectKey { ObjectKey(namespace: namespace, name: name) }

    /// The reference that makes this object the controller of what it creates.
    package var controllerReference: OwnerReference {
        var reference = OwnerReference()
        reference.apiVersion = Self.kind.apiVersion
        reference.kind = Self.kind.kind
        reference.name = name
        reference.uid = uid
        reference.controller = true
        reference.blockOwnerDeletion = true
        return reference
    }

    /// The owner that controls this object.
    package var controllerOwner: OwnerReference? {
        metadata.ownerReferences.first { $0.controller == true }
    }
}

/// An object's place within its resource.
package struct ObjectKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let namespace: String
    package let name: String

    package init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }

    package var description: String { namespace.isEmpty ? name : "\(namespace)/\(name)" }

    package static func < (left: ObjectKey, right: ObjectKey) -> Bool {
        (left.namespace, left.name) < (right.namespace, right.name)
    }
}
