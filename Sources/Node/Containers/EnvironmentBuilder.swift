import KubeAPI
import Machinery

/// Works out the variables of a container.
package struct EnvironmentBuilder: Sendable {
    let fields: DownwardFields
    let objects: any PodObjects

    package init(fields: DownwardFields, objects: any PodObjects) {
        self.fields = fields
        self.objects = objects
    }

    /// The variables in order: those taken over whole, those written out, then the Services'.
    ///
    /// - Throws: `ContainerStartError` when something required is missing; such starts are tried again.
    package func variables(_ container: Container) async throws -> [(name: String, value: String)] {
        var order: [String] = []
        var values: [String: String] = [:]
        func set(_ name: String, _ value: String) {
            if values.updateValue(value, forKey: name) == nil { order.append(name) }
        }
        for source in container.envFrom {
            for (name, value) in try await entries(source).sorted(by: { $0.key < $1.key }) {
                set((source.prefix ?? "") + name, value)
            }
        }
        let services = ServiceVariables.variables(
            objects.services(namespace: fields.pod.namespace), pod: fields.pod)
        for variable in container.env {
            let value: String?
            if let source = variable.valueFrom {
                value = try await self.value(source, container: container)
            } else {
                value = VariableExpansion.expand(variable.value ?? "") { values[$0] ?? services[$0] }
            }
            if let value { set(variable.name, value) }
        }
        for (name, value) in services.sorted(by: { $0.key < $1.key }) where values[name] == nil { set(name, value) }
        return order.compactMap { name in values[name].map { (name, $0) } }
    }

    private func entries(_ source: EnvFromSource) async throws -> [String: String] {
        let namespace = fields.pod.namespace
        if let reference = source.configMapRef {
            let name = reference.name ?? ""
            guard let map = try await objects.configMap(ObjectKey(namespace: namespace, name: name)) else {
                if reference.optional == true { return [:] }
                throw ContainerStartError.configuration("configmap \"\(name)\" not found")
            }
            return map.data
        }
        if let reference = source.secretRef {
            let name = reference.name ?? ""
            guard let secret = try await objects.secret(ObjectKey(namespace: namespace, name: name)) else {
                if reference.optional == true { return [:] }
                throw ContainerStartError.configuration("secret \"\(name)\" not found")
            }
            return secret.data.compactMapValues { NodeBase64.decode($0).map { String(decoding: $0, as: UTF8.self) } }
        }
        return [:]
    }

    private func value(_ source: EnvVarSource, container: Container) async throws -> String? {
        let namespace = fields.pod.namespace
        if let reference = source.fieldRef {
            guard let text = fields.field(reference.fieldPath) else {
                throw ContainerStartError.configuration("unsupported fieldPath: \(reference.fieldPath)")
            }
            return text
        }
        if let reference = source.resourceFieldRef { return try fields.resource(reference, container: container) }
        if let reference = source.configMapKeyRef {
            let name = reference.name ?? ""
            guard let map = try await objects.configMap(ObjectKey(namespace: namespace, name: name)) else {
                if reference.optional == true { return nil }
                throw ContainerStartError.configuration("configmap \"\(name)\" not found")
            }
            if let value = map.data[reference.key] { return value }
            if reference.optional == true { return nil }
            throw ContainerStartError.configuration(
                "couldn't find key \(reference.key) in ConfigMap \(namespace)/\(name)")
        }
        if let reference = source.secretKeyRef {
            let name = reference.name ?? ""
            guard let secret = try await objects.secret(ObjectKey(namespace: namespace, name: name)) else {
                if reference.optional == true { return nil }
                throw ContainerStartError.configuration("secret \"\(name)\" not found")
            }
            if let text = secret.data[reference.key], let bytes = NodeBase64.decode(text) {
                return String(decoding: bytes, as: UTF8.self)
            }
            if reference.optional == true { return nil }
            throw ContainerStartError.configuration(
                "couldn't find key \(reference.key) in Secret \(namespace)/\(name)")
        }
        throw ContainerStartError.configuration(
            "the source of a variable of container \(container.name) is not supported")
    }
}
