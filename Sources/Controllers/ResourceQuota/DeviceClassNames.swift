import Client
import KubeAPI
import Synchronization

/// The extended resources that device classes stand behind.
final class DeviceClassNames: Sendable {
    private let informer = Mutex<Informer<DeviceClass>?>(nil)

    func follow(_ followed: Informer<DeviceClass>) { informer.withLock { $0 = followed } }

    func extendedResource(of deviceClass: String) -> String? {
        informer.withLock { $0 }?.get(ObjectKey(namespace: "", name: deviceClass))?.spec.extendedResourceName
    }
}
