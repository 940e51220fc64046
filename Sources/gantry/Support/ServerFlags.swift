import Foundation
import Machinery

/// Flags of Kubernetes' API server by their names, as texts: kept with a cluster's settings, read when it starts.
struct ServerFlags: Codable, Hashable, Sendable {
    private var values: [String: String] = [:]

    init() {}

    init(from decoder: any Decoder) throws {
        values = try decoder.singleValueContainer().decode([String: String].self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }

    /// Sets a flag that was given; an empty text takes it away.
    mutating func take(_ name: String, _ value: String?) {
        if let value { values[name] = value.isEmpty ? nil : value }
    }

    /// The same for the path of a file, which is kept whole.
    mutating func take(_ name: String, file: String?) {
        guard let file, !file.isEmpty, file != "-" else { return take(name, file) }
        take(name, URL(fileURLWithPath: file).path)
    }

    subscript(name: String) -> String? { values[name] }

    /// Whether a flag was given whose name begins so.
    func contains(prefix: String) -> Bool { values.keys.contains { $0.hasPrefix(prefix) } }

    func list(_ name: String) -> [String]? {
        values[name].map { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
    }

    func bool(_ name: String) throws -> Bool? {
        guard let text = values[name] else { return nil }
        guard let value = ["true": true, "1": true, "false": false, "0": false][text.lowercased()] else {
            throw CommandFailure("--\(name): \(text) is neither true nor false")
        }
        return value
    }

    /// - Parameter minimum: the least that makes sense.
    func integer(_ name: String, minimum: Int = 0) throws -> Int? {
        guard let text = values[name] else { return nil }
        guard let value = Int(text) else { throw CommandFailure("--\(name): \(text) is no number") }
        guard value >= minimum else {
            throw CommandFailure(
                minimum == 0
                    ? "--\(name) \(value) can't be a negative number" : "--\(name) \(value) must be a positive number")
        }
        return value
    }

    func number(_ name: String) throws -> Double? {
        guard let text = values[name] else { return nil }
        guard let value = Double(text), value > 0 else {
            throw CommandFailure("--\(name) \(text) must be a positive number")
        }
        return value
    }

    func duration(_ name: String) throws -> Duration? {
        guard let text = values[name] else { return nil }
        do {
            return try GoDuration(parsing: text).duration
        } catch {
            throw CommandFailure("--\(name): \(error)")
        }
    }

    /// One of an enumeration's texts.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _: Choice.Type
    ) throws -> Choice? where Choice.RawValue == String {
        guard let text = values[name] else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let allowed = Choice.allCases.map(\.rawValue).joined(separator: ",")
            throw CommandFailure("invalid --\(name) \(text), allowed are \(GoQuote.quote(allowed))")
        }
        return choice
    }

    /// The bytes of the file that a flag names.
    func bytes(_ name: String) throws -> [UInt8]? {
        guard let path = values[name] else { return nil }
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw CommandFailure("--\(name): \(error)")
        }
    }

    func text(_ name: String) throws -> String? { try bytes(name).map { String(decoding: $0, as: UTF8.self) } }

    /// The folder of the file that a flag names.
    func folder(_ name: String) -> String {
        values[name].map { URL(fileURLWithPath: $0).deletingLastPathComponent().path } ?? "."
    }
}
