import CRI
import KubeAPI
import Machinery

/// Describes a container to the runtime.
package struct ContainerConfigBuilder: Sendable {
    package let settings: NodeSettings

    package init(settings: NodeSettings) {
        self.settings = settings
    }

    /// Everything a container is made of besides its specification.
    package struct Parts: Sendable {
        package var image: RuntimeV1.Image?
        package var variables: [(name: String, value: String)] = []
        package var mounts: [RuntimeV1.Mount] = []
        package var devices: [RuntimeV1.Device] = []
        /// The container whose processes an ephemeral container sees.
        package var targetID: String?
        package var restartCount: Int32 = 0

        package init() {}
    }

    package func config(
        _ container: Container, pod: Pod, parts: Parts
    ) throws(ContainerStartError) -> RuntimeV1.ContainerConfig {
        let values = Dictionary(parts.variables.map { ($0.name, $0.value) }) { $1 }
        func expand(_ text: String) -> String { VariableExpansion.expand(text) { values[$0] } }
        var config = RuntimeV1.ContainerConfig()
        var metadata = RuntimeV1.ContainerMetadata()
        metadata.name = container.name
        metadata.attempt = Int64(parts.restartCount)
        config.metadata = metadata
        var image = RuntimeV1.ImageSpec()
        // The id, so that what was checked is what runs even when the tag moves.
        image.image = parts.image?.id ?? container.image ?? ""
        image.userSpecifiedImage = container.image ?? ""
        config.image = image
        config.command = container.command.map(expand)
        config.args = container.args.map(expand)
        config.workingDir = container.workingDir ?? ""
        config.envs = parts.variables.map { variable in
            var pair = RuntimeV1.KeyValue()
            pair.key = variable.name
            pair.value = Machinery.Base64.encode(Array(variable.value.utf8))
            return pair
        }
        config.mounts = parts.mounts
        config.devices = parts.devices
        config.labels = [
            RuntimeLabels.podName: pod.name, RuntimeLabels.podNamespace: pod.namespace, RuntimeLabels.podUID: pod.uid,
            RuntimeLabels.containerName: container.name,
        ]
        config.annotations = [
            RuntimeLabels.hash: container.specHash,
            RuntimeLabels.restartCount: String(parts.restartCount),
            RuntimeLabels.terminationMessagePath: container.terminationMessagePath ?? "/dev/termination-log",
            RuntimeLabels.terminationMessagePolicy: container.terminationMessagePolicy ?? "File",
            RuntimeLabels.podTerminationGracePeriod: String(pod.spec.terminationGracePeriodSeconds ?? 30),
        ]
        config.logPath = "\(container.name)/\(parts.restartCount).log"
        config.stdin = container.stdin ?? false
        config.stdinOnce = container.stdinOnce ?? false
        config.tty = container.tty ?? false
        var linux = RuntimeV1.LinuxContainerConfig()
        linux.resources = ContainerResources.linux(container, pod: pod, memoryCapacity: settings.memoryCapacity)
        linux.securityContext = try SecurityContextBuilder.context(
            container, pod: pod, image: parts.image, target: parts.targetID)
        config.linux = linux
        return config
    }
}
