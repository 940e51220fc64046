/// A container's last words.
enum TerminationMessage {
    /// Bytes of the file that count.
    private static let limit = 4096
    /// What is taken of the log instead.
    private static let logLimit = 2048
    private static let logLines = 80

    /// The record with the message filled in, once the container has ended.
    static func completed(_ record: ContainerRecord) -> ContainerRecord {
        guard record.hasEnded, !record.hasTerminationMessage else { return record }
        var record = record
        record.hasTerminationMessage = true
        var message = ""
        // Most containers leave none, and a file that cannot be read is as if there were none.
        if let path = record.terminationMessageFile, let bytes = try? Files.read(path, lastBytes: limit) {
            message = String(decoding: bytes, as: UTF8.self)
        }
        if message.isEmpty, record.terminationMessagePolicy == "FallbackToLogsOnError", record.exitCode != 0 {
            message = logTail(record.logPath)
        }
        if !message.isEmpty { record.message = message }
        return record
    }

    private static func logTail(_ path: String) -> String {
        guard let bytes = try? Files.read(path, lastBytes: 16 << 10) else { return "" }
        let lines = bytes.split(separator: UInt8(ascii: "\n")).suffix(logLines).map { line -> ArraySlice<UInt8> in
            // TIME STREAM TAG TEXT
            let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 3, omittingEmptySubsequences: false)
            return parts.count == 4 ? parts[3] : line
        }
        let text = lines.joined(separator: [UInt8(ascii: "\n")]) + [UInt8(ascii: "\n")]
        return String(decoding: Array(text).suffix(logLimit), as: UTF8.self)
    }
}
