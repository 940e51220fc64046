/// The names by which the built-in provisioner of node-local volumes and the nodes that have them understand each other.
///
/// A node says in an annotation where its volumes are. To have one removed, the provisioner annotates the Node with the
/// volume's name; the node removes the folder and says so in the same annotation. So neither needs more of the API than
/// what it may read and write anyway.
package enum LocalPath {
    /// The provisioner's name, in StorageClasses and on volumes.
    package static let provisioner = "gantry.local/local-path"
    /// The class that a new cluster has.
    package static let className = "local-path"
    /// On a Node: the folder that its volumes are in, each in one of its own that bears its name.
    package static let folderAnnotation = "gantry.local/local-path-folder"

    private static let removalPrefix = "local-path.gantry.local/"

    /// How far the removal of a volume is.
    package enum Removal: Hashable, Sendable {
        case asked
        case done
        case failed(String)

        package init?(_ text: String) {
            switch text {
            case "remove": self = .asked
            case "removed": self = .done
            default:
                guard text.hasPrefix("failed: ") else { return nil }
                self = .failed(String(text.dropFirst("failed: ".count)))
            }
        }

        package var text: String {
            switch self {
            case .asked: "remove"
            case .done: "removed"
            case .failed(let why): "failed: \(why)"
            }
        }
    }

    package static func removalAnnotation(_ volume: String) -> String { removalPrefix + volume }

    /// The volumes that a Node's annotations speak of.
    package static func removals(_ annotations: [String: String]) -> [String: Removal] {
        var removals: [String: Removal] = [:]
        for (key, value) in annotations where key.hasPrefix(removalPrefix) {
            removals[String(key.dropFirst(removalPrefix.count))] = Removal(value)
        }
        return removals
    }

    /// Names that are a folder's, and nothing else's: what the provisioner makes of a claim's uid.
    package static func isVolumeName(_ name: String) -> Bool {
        name.hasPrefix("pvc-") && name.utf8.count <= 63
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }
}
