import Client
import KubeAPI
import Machinery
import Synchronization

/// Removes the folders of released volumes: the provisioner asks for it in annotations of this node's Node, and is
/// answered there.
final class LocalVolumeRemover: Sendable {
    private let paths: NodePaths
    private let client: Client
    private let scope: TaskScope
    private let log: FailureLog
    /// Volumes that are being removed.
    private let underway = Mutex<Set<String>>([])

    init(paths: NodePaths, client: Client, scope: TaskScope, log: FailureLog) {
        self.paths = paths
        self.client = client
        self.scope = scope
        self.log = log
    }

    /// Looks at what the Node says now.
    func observe(_ node: Node) {
        for (volume, removal) in LocalPath.removals(node.annotations) where removal == .asked {
            guard underway.withLock({ $0.insert(volume).inserted }) else { continue }
            scope.spawn { [self] in await remove(volume, node.key) }
        }
    }

    private func remove(_ volume: String, _ node: ObjectKey) async {
        let outcome = Self.remove(volume, paths)
        let patch: JSON = [
            "metadata": ["annotations": [LocalPath.removalAnnotation(volume): .string(outcome.text)]]
        ]
        do throws(StatusError) {
            try await client.change(Node.self, node, .merge(patch))
        } catch {
            // The Node still asks, and is looked at again with its next change.
            log.report("node agent", "telling of the removal of volume \(volume): \(error)")
        }
        underway.withLock { _ = $0.remove(volume) }
    }

    /// Removes a volume's folder and nothing else, whatever the name.
    static func remove(_ volume: String, _ paths: NodePaths) -> LocalPath.Removal {
        guard LocalPath.isVolumeName(volume) else { return .failed("\"\(volume)\" is not the name of a volume") }
        do throws(FileError) {
            try Files.removeTree(paths.localVolume(volume))
            return .done
        } catch {
            return .failed(error.description)
        }
    }
}
