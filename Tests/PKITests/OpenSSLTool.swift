import Foundation
import PKI

/// A scratch folder, removed with the value's last reference.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/gantry-pki-" + UUIDv4.text()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            print("scratch folder \(path) stays: \(error)")
        }
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: file(name)))) }
}

struct OpenSSLFailure: Error, CustomStringConvertible {
    let arguments: [String]
    let output: String

    var description: String { "openssl \(arguments.joined(separator: " ")): \(output)" }
}

/// Runs the `openssl` command and returns what it prints; any exit but 0 throws.
@discardableResult
func openssl(_ arguments: String...) throws -> String { try openssl(list: arguments) }

@discardableResult
func openssl(list arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw OpenSSLFailure(arguments: arguments, output: output) }
    return output
}
