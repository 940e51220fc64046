import KubeAPI
import Machinery

/// The short text that tells pod templates apart, used in names and labels.
///
/// Nothing outside relies on its value, only on equal templates having equal hashes; a collision with another template
/// is resolved by counting it in.
enum TemplateHash {
    static func hash(_ template: PodTemplateSpec, collisionCount: Int32?) -> String {
        hash(template.json.encoded(), collisionCount: collisionCount)
    }

    static func hash(_ bytes: [UInt8], collisionCount: Int32?) -> String {
        var hash: UInt32 = 0x811C_9DC5
        func mix(_ byte: UInt8) { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        for byte in bytes { mix(byte) }
        if let collisionCount {
            for shift in [0, 8, 16, 24] { mix(UInt8(truncatingIfNeeded: collisionCount >> Int32(shift))) }
        }
        return GeneratedName.safeEncode(String(hash))
    }

    /// Whether templates say the same, whatever hash they are labelled with.
    static func isSame(_ left: PodTemplateSpec, _ right: PodTemplateSpec) -> Bool {
        withoutHash(left) == withoutHash(right)
    }

    private static func withoutHash(_ template: PodTemplateSpec) -> JSONObject {
        var template = template
        template.metadata.labels[DeploymentAnnotations.templateHash] = nil
        template.metadata.creationTimestamp = nil
        return template.json
    }
}
