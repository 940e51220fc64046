import Glibc
import Machinery

/// What this machine is and has.
package struct MachineFacts: Sendable {
    package var cpus: Int64
    package var memoryBytes: Int64
    package var diskBytes: Int64
    /// By size, as in `2Mi`: bytes set aside in pages of that size.
    package var hugePages: [String: Int64]
    package var architecture: String
    package var kernelVersion: String
    package var osImage: String
    package var machineID: String
    package var systemUUID: String
    package var bootID: String
    package var hostname: String

    /// - Parameter folder: the data folder; its filesystem is what pods may use.
    package static func read(folder: String) -> MachineFacts {
        var name = utsname()
        uname(&name)
        let machine = text(of: &name.machine)
        var disk = statvfs()
        let diskBytes = statvfs(folder, &disk) == 0 ? Int64(clamping: UInt64(disk.f_blocks) * UInt64(disk.f_frsize)) : 0
        let bootID = trimmed("/proc/sys/kernel/random/boot_id")
        return MachineFacts(
            cpus: Int64(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1)), memoryBytes: memory()["MemTotal"] ?? 0,
            diskBytes: diskBytes, hugePages: hugePages(),
            architecture: machine == "x86_64" ? "amd64" : machine == "aarch64" ? "arm64" : machine,
            kernelVersion: text(of: &name.release), osImage: osImage(), machineID: trimmed("/etc/machine-id"),
            systemUUID: trimmed("/sys/class/dmi/id/product_uuid"), bootID: bootID, hostname: text(of: &name.nodename))
    }

    /// `/proc/meminfo` in bytes.
    package static func memory() -> [String: Int64] {
        var values: [String: Int64] = [:]
        for line in (Files.text("/proc/meminfo") ?? "").split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == ":" })
            guard words.count >= 2, let number = Int64(words[1]) else { continue }
            values[String(words[0])] = words.count > 2 ? number * 1024 : number
        }
        return values
    }

    private static func hugePages() -> [String: Int64] {
        var pages: [String: Int64] = [:]
        for name in Files.list("/sys/kernel/mm/hugepages") where name.hasPrefix("hugepages-") && name.hasSuffix("kB") {
            guard let kilobytes = Int64(name.dropFirst(10).dropLast(2)),
                let count = Int64(trimmed("/sys/kernel/mm/hugepages/\(name)/nr_hugepages"))
            else { continue }
            let size =
                kilobytes >= 1 << 20
                ? "\(kilobytes >> 20)Gi" : kilobytes >= 1024 ? "\(kilobytes >> 10)Mi" : "\(kilobytes)Ki"
            pages[size] = count * kilobytes * 1024
        }
        return pages
    }

    private static func osImage() -> String {
        for line in (Files.text("/etc/os-release") ?? "").split(separator: "\n") where line.hasPrefix("PRETTY_NAME=") {
            return String(line.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" })
        }
        return "Linux"
    }

    private static func trimmed(_ path: String) -> String {
        var text = Files.text(path) ?? ""
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    private static func text<Tuple>(of tuple: inout Tuple) -> String {
        withUnsafeBytes(of: &tuple) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    package var capacity: [String: Quantity] {
        var capacity: [String: Quantity] = [
            "cpu": Quantity(cpus), "memory": Quantity(memoryBytes / 1024 * 1024, format: .binarySI),
            "ephemeral-storage": Quantity(diskBytes / 1024 * 1024, format: .binarySI),
        ]
        for (size, bytes) in hugePages { capacity["hugepages-\(size)"] = Quantity(bytes, format: .binarySI) }
        return capacity
    }
}
