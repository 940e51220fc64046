import Glibc

/// Files below `/proc/sys`.
enum KernelSwitch {
    static func read(_ name: String) -> String? {
        let file = open("/proc/sys/" + name, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = buffer.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count].prefix { $0 > 32 }, as: UTF8.self)
    }

    /// - Returns: what went wrong; `nil` when the switch has the value now.
    static func write(_ name: String, _ value: String) -> String? {
        if read(name) == value { return nil }
        let file = open("/proc/sys/" + name, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return "\(name): \(String(cString: strerror(errno)))" }
        defer { close(file) }
        let bytes = Array(value.utf8)
        let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        return count == bytes.count ? nil : "\(name): \(String(cString: strerror(errno)))"
    }
}
