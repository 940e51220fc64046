import KubeAPI
import Machinery

/// Pods whose images are pulled at each start: AlwaysPullImages.
package enum ImagePullRules {
    private static let always = "Always"

    /// Whether an update brings no image that was not there before; such are left alone.
    package static func keepsImages(_ pod: Pod, from old: JSONObject?) -> Bool {
        guard let old = old.map(Pod.init(json:)) else { return false }
        return Set(images(of: pod)).isSubset(of: images(of: old))
    }

    private static func images(of pod: Pod) -> [String] {
        (pod.spec.initContainers + pod.spec.containers).map { $0.image ?? "" }
            + pod.spec.ephemeralContainers.map { $0.image ?? "" }
    }

    package static func alwaysPulling(_ given: Pod) -> Pod {
        var pod = given
        func pulling<View: JSONView>(_ view: View) -> View {
            var json = view.json
            json.set("imagePullPolicy", always)
            return View(json: json)
        }
        pod.spec.containers = pod.spec.containers.map(pulling)
        pod.spec.initContainers = pod.spec.initContainers.map(pulling)
        pod.spec.ephemeralContainers = pod.spec.ephemeralContainers.map(pulling)
        pod.spec.volumes = pod.spec.volumes.map { volume in
            guard var image = volume.json["image"]?.objectValue else { return volume }
            image.set("pullPolicy", always)
            var volume = volume
            volume.json["image"] = .object(image)
            return volume
        }
        return pod
    }

    /// What another plugin, or a webhook, has changed back.
    package static func violations(in pod: Pod) -> [FieldError] {
        let spec = FieldPath("spec")
        func unsupported(_ policy: String?, at path: FieldPath) -> FieldError? {
            policy == always ? nil : .notSupported(path, policy ?? "", supported: [always])
        }
        var errors: [FieldError] = []
        for (list, containers) in [
            ("initContainers", pod.spec.initContainers.map(\.json)),
            ("containers", pod.spec.containers.map(\.json)),
            ("ephemeralContainers", pod.spec.ephemeralContainers.map(\.json)),
        ] {
            for (index, container) in containers.enumerated() {
                let place = spec.child(list).index(index).child("imagePullPolicy")
                errors += [unsupported(container.string("imagePullPolicy"), at: place)].compactMap { $0 }
            }
        }
        for (index, volume) in pod.spec.volumes.enumerated() {
            guard let image = volume.json["image"]?.objectValue else { continue }
            let place = spec.child("volumes").index(index).child("image").child("pullPolicy")
            errors += [unsupported(image.string("pullPolicy"), at: place)].compactMap { $0 }
        }
        return errors
    }
}
