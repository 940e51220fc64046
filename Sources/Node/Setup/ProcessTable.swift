import Foundation

/// The machine's processes as `/proc` shows them. Reading it is the only way to find what an earlier gantry started that
/// holds after a crash at any moment: nothing has to have been written down in time.
package enum ProcessTable {
    /// Living processes whose argument vector satisfies the test, ordered by id.
    package static func processes(where matches: ([String]) -> Bool) -> [ProcessIdentity] {
        identifiers().filter { matches(arguments(of: $0)) }.compactMap(ProcessIdentity.init(pid:))
    }

    /// The argument vector of a process; empty for kernel threads, zombies and processes that are gone.
    package static func arguments(of pid: Int32) -> [String] {
        guard let data = try? Files.read("/proc/\(pid)/cmdline") else { return [] }
        return data.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// Ids of all processes, ascending.
    package static func identifiers() -> [Int32] {
        Files.list("/proc").compactMap { Int32($0) }.sorted()
    }
}
