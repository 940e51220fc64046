import Glibc
import KubeAPI

/// Checks, and where asked makes, the path of a `hostPath` volume.
enum HostPath {
    static func check(_ source: HostPathVolumeSource, volume: String) throws {
        let path = source.path
        func fail(_ what: String) -> VolumeError {
            VolumeError(volume, "hostPath type check failed: \(path) is not a \(what)")
        }
        let kind = Files.kind(path)
        switch source.type ?? "" {
        case "": return
        case "DirectoryOrCreate":
            if kind == nil { return try Files.makeFolder(path) }
            guard kind == S_IFDIR else { throw fail("directory") }
        case "Directory": guard kind == S_IFDIR else { throw fail("directory") }
        case "FileOrCreate":
            if kind == nil { return try Files.write([], to: path) }
            guard kind == S_IFREG else { throw fail("file") }
        case "File": guard kind == S_IFREG else { throw fail("file") }
        case "Socket": guard kind == S_IFSOCK else { throw fail("socket file") }
        case "CharDevice": guard kind == S_IFCHR else { throw fail("character device") }
        case "BlockDevice": guard kind == S_IFBLK else { throw fail("block device") }
        case let type: throw VolumeError(volume, "\(type) is an invalid volume type")
        }
    }
}
