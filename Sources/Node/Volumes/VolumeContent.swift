import Glibc
import KubeAPI
import Machinery

/// Works out the files of volumes that are made from API objects.
struct VolumeContent {
    let fields: DownwardFields
    let objects: any PodObjects
    let tokens: any TokenSource

    /// The files gathered so far, and when the first token among them has to be renewed.
    struct Files: Sendable {
        var files: [String: VolumeFile] = [:]
        var renewAt: Timestamp?
    }

    private var pod: Pod { fields.pod }

    func configMap(_ source: ConfigMapVolumeSource, volume: String) async throws -> Files {
        var result = Files()
        try await add(
            configMap: source.name ?? "", items: source.items, isOptional: source.optional ?? false,
            mode: mode_t(source.defaultMode ?? 0o644), volume: volume, &result)
        return result
    }

    func secret(_ source: SecretVolumeSource, volume: String) async throws -> Files {
        var result = Files()
        try await add(
            secret: source.secretName ?? "", items: source.items, isOptional: source.optional ?? false,
            mode: mode_t(source.defaultMode ?? 0o644), volume: volume, &result)
        return result
    }

    func downward(_ source: DownwardAPIVolumeSource, volume: String) throws -> Files {
        var result = Files()
        try add(downward: source.items, mode: mode_t(source.defaultMode ?? 0o644), volume: volume, &result)
        return result
    }

    func projected(_ source: ProjectedVolumeSource, volume: String) async throws -> Files {
        var result = Files()
        let mode = mode_t(source.defaultMode ?? 0o644)
        for part in source.sources {
            if let map = part.configMap {
                try await add(
                    configMap: map.name ?? "", items: map.items, isOptional: map.optional ?? false, mode: mode,
                    volume: volume, &result)
            } else if let secret = part.secret {
                try await add(
                    secret: secret.name ?? "", items: secret.items, isOptional: secret.optional ?? false, mode: mode,
                    volume: volume, &result)
            } else if let downward = part.downwardAPI {
                try add(downward: downward.items, mode: mode, volume: volume, &result)
            } else if let token = part.serviceAccountToken {
                try await add(token: token, mode: mode, &result)
            } else {
                throw VolumeError(volume, "a source of the projected volume is not supported")
            }
        }
        return result
    }

    // MARK: Sources

    private func add(
        configMap name: String, items: [KeyToPath], isOptional: Bool, mode: mode_t, volume: String,
        _ result: inout Files
    ) async throws {
        guard let map = try await objects.configMap(ObjectKey(namespace: pod.namespace, name: name)) else {
            if isOptional { return }
            throw VolumeError(volume, "configmap \"\(name)\" not found")
        }
        var content = map.data.mapValues { Array($0.utf8) }
        for (key, text) in map.binaryData { content[key] = NodeBase64.decode(text) }
        try add(content, items: items, isOptional: isOptional, mode: mode, volume: volume, &result)
    }

    private func add(
        secret name: String, items: [KeyToPath], isOptional: Bool, mode: mode_t, volume: String,
        _ result: inout Files
    ) async throws {
        guard let secret = try await objects.secret(ObjectKey(namespace: pod.namespace, name: name)) else {
            if isOptional { return }
            throw VolumeError(volume, "secret \"\(name)\" not found")
        }
        let content = secret.data.compactMapValues(NodeBase64.decode)
        try add(content, items: items, isOptional: isOptional, mode: mode, volume: volume, &result)
    }

    private func add(
        _ content: [String: [UInt8]], items: [KeyToPath], isOptional: Bool, mode: mode_t, volume: String,
        _ result: inout Files
    ) throws {
        guard !items.isEmpty else {
            for (key, bytes) in content { result.files[key] = VolumeFile(bytes: bytes, mode: mode) }
            return
        }
        for item in items {
            guard let bytes = content[item.key] else {
                if isOptional { continue }
                throw VolumeError(volume, "references non-existent config key: \(item.key)")
            }
            result.files[item.path] = VolumeFile(bytes: bytes, mode: item.mode.map { mode_t($0) } ?? mode)
        }
    }

    private func add(
        downward items: [DownwardAPIVolumeFile], mode: mode_t, volume: String, _ result: inout Files
    ) throws {
        for item in items {
            let text: String
            if let field = item.fieldRef {
                guard let known = fields.field(field.fieldPath) else {
                    throw VolumeError(volume, "unsupported fieldPath: \(field.fieldPath)")
                }
                text = known
            } else if let resource = item.resourceFieldRef {
                text = try fields.resource(resource, container: Container())
            } else {
                throw VolumeError(volume, "the item \(item.path) names no field")
            }
            result.files[item.path] = VolumeFile(
                bytes: Array(text.utf8), mode: item.mode.map { mode_t($0) } ?? mode)
        }
    }

    private func add(token source: ServiceAccountTokenProjection, mode: mode_t, _ result: inout Files) async throws {
        let (token, renewAt) = try await tokens.token(
            pod: pod, audience: source.audience, expirationSeconds: source.expirationSeconds ?? 3600)
        let group = pod.spec.securityContext?.fsGroup
        let user = commonUser
        result.files[source.path] = VolumeFile(
            bytes: Array(token.utf8), mode: group != nil || user != nil ? 0o600 : mode,
            owner: user.flatMap { uid_t(exactly: $0) })
        result.renewAt = min(result.renewAt ?? renewAt, renewAt)
    }

    /// The user that all containers run as, when they run as one.
    private var commonUser: Int64? {
        let shared = pod.spec.securityContext?.runAsUser
        let users = Set((pod.spec.initContainers + pod.spec.containers).map { $0.securityContext?.runAsUser ?? shared })
        guard users.count == 1, let user = users.first else { return nil }
        return user
    }
}
