import CRI
import KubeAPI
import Machinery

/// Names and passwords for registries, out of the Secrets that a pod pulls with.
package struct RegistryCredentials: Sendable {
    private struct Entry {
        let place: String
        let auth: RuntimeV1.AuthConfig
    }

    private var entries: [Entry] = []

    package init(_ secrets: [Secret]) {
        // The API has refused Secrets of these types that cannot be read; of other types they name no registry.
        for secret in secrets {
            if let text = secret.data[".dockerconfigjson"], let bytes = NodeBase64.decode(text),
                let file = try? JSON(parsing: bytes)
            {
                add(file["auths"])
            } else if let text = secret.data[".dockercfg"], let bytes = NodeBase64.decode(text) {
                add(try? JSON(parsing: bytes))
            }
        }
        // The most specific place first.
        entries.sort { $0.place.utf8.count > $1.place.utf8.count }
    }

    /// What fits an image, the most specific first.
    package func matching(_ image: ImageName) -> [RuntimeV1.AuthConfig] {
        let path = "\(image.registry)/\(image.repository)"
        return entries.filter { entry in
            entry.place == image.registry || path == entry.place || path.hasPrefix(entry.place + "/")
                || image.registry == "docker.io" && ["index.docker.io", "index.docker.io/v1"].contains(entry.place)
        }.map(\.auth)
    }

    private mutating func add(_ auths: JSON?) {
        for (key, value) in auths?.objectValue ?? [:] {
            var place = key
            for scheme in ["https://", "http://"] where place.hasPrefix(scheme) { place.removeFirst(scheme.count) }
            while place.hasSuffix("/") { place.removeLast() }
            var auth = RuntimeV1.AuthConfig()
            auth.username = value["username"]?.stringValue ?? ""
            auth.password = value["password"]?.stringValue ?? ""
            if let text = value["auth"]?.stringValue, let bytes = NodeBase64.decode(text) {
                let pair = String(decoding: bytes, as: UTF8.self).split(separator: ":", maxSplits: 1)
                if pair.count == 2 {
                    auth.username = String(pair[0])
                    auth.password = String(pair[1])
                }
            }
            auth.identityToken = value["identitytoken"]?.stringValue ?? ""
            auth.registryToken = value["registrytoken"]?.stringValue ?? ""
            entries.append(Entry(place: place, auth: auth))
        }
    }
}
