import Client
import KubeAPI
import Machinery

/// The informer indexes by which owners find their children without looking through a namespace.
enum OwnerIndex {
    private static let controller = "controller"
    private static let orphan = "orphan"

    /// Adds the indexes; several controllers may do so for one informer.
    static func add<T: KubeObject>(to informer: Informer<T>) {
        informer.addIndex(controller) { object in
            controllerUID(of: object).map { [$0] } ?? []
        }
        informer.addIndex(orphan) { object in
            controllerUID(of: object) == nil ? [object.namespace] : []
        }
    }

    static func children<T: KubeObject>(of owner: some KubeObject, in informer: Informer<T>) -> [T] {
        // An empty uid would match nothing that exists; objects from a server always have one.
        informer.byIndex(controller, owner.uid)
    }

    static func children<T: KubeObject>(ofUID uid: String, in informer: Informer<T>) -> [T] {
        informer.byIndex(controller, uid)
    }

    /// Objects of a namespace without a controller.
    static func orphans<T: KubeObject>(namespace: String, in informer: Informer<T>) -> [T] {
        informer.byIndex(orphan, namespace)
    }

    /// Reads the tree directly: this runs for every change of every object.
    private static func controllerUID(of object: some KubeObject) -> String? {
        guard case .array(let references)? = object.json["metadata"]?["ownerReferences"] else { return nil }
        for case .object(let reference) in references where reference.bool("controller") == true {
            return reference.string("uid")
        }
        return nil
    }
}
