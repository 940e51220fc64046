import CNode
import Foundation

/// The image of the container that holds a pod's namespaces, made on the spot: a static program of a few hundred bytes
/// packed as a docker archive, so that a node needs no registry and no second file to start its first pod.
package enum PauseImage {
    /// The archive, ready to be loaded under `name`.
    /// - Parameter sha256: The digest function; handed in because this folder stands on Foundation alone.
    package static func archive(
        name: String = ContainerdConfiguration.pauseImageName,
        sha256: ([UInt8]) -> [UInt8]
    ) -> [UInt8] {
        var layer = TarArchive()
        layer.add("pause", mode: 0o755, contents: program())
        let layerBytes = layer.closed()
        let configuration = """
            {"architecture":"\(architecture)","config":{"Entrypoint":["/pause"]},"os":"linux",\
            "rootfs":{"diff_ids":["sha256:\(hexadecimal(sha256(layerBytes)))"],"type":"layers"}}
            """
        let configurationBytes = Array(configuration.utf8)
        let configurationName = hexadecimal(sha256(configurationBytes)) + ".json"
        let manifest = """
            [{"Config":"\(configurationName)","Layers":["layer.tar"],"RepoTags":["\(name)"]}]
            """
        var archive = TarArchive()
        archive.add(configurationName, mode: 0o644, contents: configurationBytes)
        archive.add("layer.tar", mode: 0o644, contents: layerBytes)
        archive.add("manifest.json", mode: 0o644, contents: Array(manifest.utf8))
        return archive.closed()
    }

    /// The program as an ELF file: one header, one loadable segment, a stack that is not executable.
    package static func program() -> [UInt8] {
        let code = gantry_pause_program()
        let headerSize = 64
        let segmentSize = 56
        let offset = headerSize + 2 * segmentSize
        let address: UInt64 = 0x40_0000
        let size = UInt64(offset + code.count)

        var file = Fields()
        file.bytes += [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        file.put(UInt16(2))  // executable at a fixed address
        file.put(machine)
        file.put(UInt32(1))
        file.put(address + UInt64(offset + code.entry))
        file.put(UInt64(headerSize))
        file.put(UInt64(0))
        file.put(UInt32(0))
        file.put(UInt16(headerSize))
        file.put(UInt16(segmentSize))
        file.put(UInt16(2))
        file.put(UInt16(0))
        file.put(UInt16(0))
        file.put(UInt16(0))

        file.segment(kind: 1, flags: 5, address: address, size: size, alignment: 0x1_0000)
        file.segment(kind: 0x6474_E551, flags: 6, address: 0, size: 0, alignment: 16)
        file.bytes += UnsafeBufferPointer(start: code.bytes, count: code.count)
        return file.bytes
    }

    #if arch(x86_64)
        private static let architecture = "amd64"
        private static let machine: UInt16 = 62
    #elseif arch(arm64)
        private static let architecture = "arm64"
        private static let machine: UInt16 = 183
    #endif

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Little-endian fields, one after the other.
    private struct Fields {
        var bytes: [UInt8] = []

        mutating func put<Value: FixedWidthInteger>(_ value: Value) {
            withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
        }

        mutating func segment(kind: UInt32, flags: UInt32, address: UInt64, size: UInt64, alignment: UInt64) {
            put(kind)
            put(flags)
            put(UInt64(0))
            put(address)
            put(address)
            put(size)
            put(size)
            put(alignment)
        }
    }
}
