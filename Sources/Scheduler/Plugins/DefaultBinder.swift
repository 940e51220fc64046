import Client
import KubeAPI
import Machinery

/// Binds pods by `pods/binding`.
struct DefaultBinder: BindPlugin {
    let name = PluginName.defaultBinder

    func bind(_ pod: PodInfo, to node: String, _ context: BindingContext) async throws(StatusError) {
        var binding = Binding(json: ["apiVersion": "v1", "kind": "Binding"])
        binding.metadata.name = pod.key.name
        binding.metadata.namespace = pod.key.namespace
        binding.metadata.uid = pod.uid
        binding.target.kind = "Node"
        binding.target.name = node
        _ = try await context.client.createSubresource(
            of: Pod.self, pod.key, "binding", binding, returning: Status.self)
    }
}
