import KubeAPI
import Machinery

/// One form of what a ModelService runs: a version of the model with the pods that serve it.
///
/// Two specs that say the same of model, runtime, GPUs and team are one revision; a change in any of these makes
/// another, which is rolled out. Its name is that of all its objects.
package struct Revision: Hashable, Sendable {
    /// On the objects and pods of a revision: its name.
    static let label = "gantry.dev/model-revision"

    package let name: String
    package let version: String

    package init(name: String, version: String) {
        self.name = name
        self.version = version
    }

    /// The revision that a spec asks for.
    package init(_ service: ModelService) {
        let spec = service.spec
        var content: JSONObject = [
            "model": .object(spec.model), "runtime": .object(spec.runtime), "gpus": .object(spec.gpus),
        ]
        content.set("team", spec.team)
        version = spec.version
        // Services' names are labels: 63 characters, of which the service's own has 40 and the hash up to ten.
        let parts = [Self.slug(service.name, 40), Self.slug(version, 10), Self.hash(content.encoded())]
        name = parts.filter { !$0.isEmpty }.joined(separator: "-")
    }

    /// The part of a label that stands for a text: small letters, digits and hyphens.
    private static func slug(_ text: String, _ length: Int) -> String {
        let characters = text.lowercased().utf8.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "-")
            }
        }
        let hyphen = UInt8(ascii: "-")
        let cut = Array(characters.drop { $0 == hyphen }.prefix(length).reversed().drop { $0 == hyphen }.reversed())
        return String(decoding: cut, as: UTF8.self)
    }

    /// FNV-1a, in letters that make no words.
    private static func hash(_ bytes: [UInt8]) -> String {
        var hash: UInt32 = 0x811C_9DC5
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return GeneratedName.safeEncode(String(hash))
    }
}
