import KubeAPI
import Machinery

/// Pods for tests, from their JSON.
enum Pods {
    /// A pod with one container `c`; `change` edits it before it is used.
    static func pod(
        _ name: String = "web", uid: String? = nil, change: (inout Pod) -> Void = { _ in }
    ) -> Pod {
        var pod = Pod(name: name, namespace: "default")
        pod.metadata.uid = uid ?? "uid-\(name)"
        pod.metadata.generation = 1
        pod.metadata.resourceVersion = "1"
        pod.spec.nodeName = "node-1"
        pod.spec.restartPolicy = "Always"
        pod.spec.terminationGracePeriodSeconds = 30
        pod.spec.containers = [container("c")]
        change(&pod)
        return pod
    }

    static func container(_ name: String, change: (inout Container) -> Void = { _ in }) -> Container {
        var container = Container()
        container.name = name
        container.image = "registry.test/app:1"
        container.imagePullPolicy = "IfNotPresent"
        change(&container)
        return container
    }

    static func parse<Model: JSONView>(_ text: String, as _: Model.Type = Model.self) throws -> Model {
        Model(try JSON(parsing: text))
    }
}

/// A moment that tests count from.
let noon = Timestamp(seconds: 1_800_000_000)
