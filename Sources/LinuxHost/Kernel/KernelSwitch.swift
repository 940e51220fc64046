import Glibc

/// A file below `/proc/sys`, by its name there: `net/ipv4/ip_forward`.
package struct KernelSwitch: Sendable {
    package let name: String

    package init(_ name: String) {
        self.name = name
    }

    /// Its value; `nil` where the kernel has no such switch.
    package var value: String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count].prefix { $0 > 32 }, as: UTF8.self)
    }

    /// Gives it a value, unless it has it already, as it may where nobody can write it.
    package func set(_ value: String) throws(KernelSwitchError) {
        if self.value == value { return }
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure() }
        defer { close(file) }
        let bytes = Array(value.utf8)
        guard bytes.withUnsafeBytes({ write(file, $0.baseAddress, $0.count) }) == bytes.count else { throw failure() }
    }

    private var path: String { "/proc/sys/" + name }

    private func failure() -> KernelSwitchError {
        KernelSwitchError(description: "\(path): \(String(cString: strerror(errno)))")
    }
}

/// Why a switch could not be set.
package struct KernelSwitchError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
}
