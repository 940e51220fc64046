import CNode
import Foundation
import LinuxHost

/// One process of this machine, told apart from a later one with the same id by the moment it started.
package struct ProcessIdentity: Hashable, Sendable, CustomStringConvertible {
    package let pid: Int32
    /// Clock ticks after boot, as `/proc/PID/stat` counts them.
    package let startTicks: UInt64

    package var description: String { "\(pid) \(startTicks)" }

    /// The living process with this id, or nil when there is none (a zombie counts as none).
    package init?(pid: Int32) {
        guard let line = Files.text("/proc/\(pid)/stat"),
            let fields = Self.fields(ofStatLine: line), fields.state != "Z", fields.state != "X"
        else { return nil }
        self.pid = pid
        startTicks = fields.startTicks
    }

    /// Reads what `description` wrote.
    package init?(text: String) {
        let parts = text.split(whereSeparator: \.isWhitespace)
        guard parts.count == 2, let pid = Int32(parts[0]), pid > 1, let ticks = UInt64(parts[1]) else { return nil }
        self.pid = pid
        startTicks = ticks
    }

    /// State and start time out of a `/proc/PID/stat` line. The program's name may hold spaces and brackets, so fields
    /// are counted from the last closing bracket.
    package static func fields(ofStatLine line: String) -> (state: Character, startTicks: UInt64)? {
        guard let bracket = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: bracket)...].split(separator: " ")
        guard fields.count > 19, let state = fields[0].first, let ticks = UInt64(fields[19]) else { return nil }
        return (state, ticks)
    }

    /// True while this very process runs.
    package var isAlive: Bool { ProcessIdentity(pid: pid) == self }

    /// True once the kernel has begun to end it: nothing of its program runs any more, but its ports and locks may be held
    /// still. `waitForEnd` tells when they are not.
    package var isEnding: Bool {
        guard isAlive, let line = Files.text("/proc/\(pid)/stat"), let status = Files.text("/proc/\(pid)/status") else {
            return false
        }
        return Self.isEnding(statLine: line, status: status)
    }

    /// By the flags of its first thread (`PF_EXITING`, `PF_SIGNALED`), or a SIGKILL that it has not taken yet.
    package static func isEnding(statLine line: String, status: String) -> Bool {
        guard let bracket = line.lastIndex(of: ")") else { return false }
        let fields = line[line.index(after: bracket)...].split(separator: " ")
        if fields.count > 6, let flags = UInt64(fields[6]), flags & 0x404 != 0 { return true }
        return status.split(separator: "\n").contains { line in
            guard line.hasPrefix("SigPnd:") || line.hasPrefix("ShdPnd:"), let mask = line.split(separator: "\t").last,
                let signals = UInt64(mask, radix: 16)
            else { return false }
            return signals & (1 << (UInt64(SIGKILL) - 1)) != 0
        }
    }

    /// Sends a signal unless the process is gone; false when it is.
    @discardableResult
    package func signal(_ number: Int32) -> Bool {
        isAlive && kill(pid, number) == 0
    }

    /// Returns once nothing is left of a process that is gone or going, or false when `limit` passed first. Its first
    /// thread may be a zombie while others still hold what was the process's.
    package func waitUntilCleared(limit: Duration) async throws -> Bool {
        let descriptor = gantry_pidfd_open(pid)
        guard descriptor >= 0 else { return true }
        guard let line = Files.text("/proc/\(pid)/stat"), Self.fields(ofStatLine: line)?.startTicks == startTicks else {
            close(descriptor)
            return true
        }
        return try await DescriptorWait.readable(descriptor, limit: limit)
    }

    /// Returns once the process has ended, or false when `limit` passed first (nil: no limit). Cancellation throws.
    package func waitForEnd(limit: Duration?) async throws -> Bool {
        let descriptor = gantry_pidfd_open(pid)
        // No descriptor: the process is gone already, and if the id was given anew the start time tells.
        guard descriptor >= 0 else { return true }
        guard isAlive else {
            close(descriptor)
            return true
        }
        return try await DescriptorWait.readable(descriptor, limit: limit)
    }
}
