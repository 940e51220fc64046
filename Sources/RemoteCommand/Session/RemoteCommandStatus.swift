import Machinery

/// How a remote command ended: a `metav1.Status`, which the error channel carries as JSON from protocol v4 on.
package struct RemoteCommandStatus: Hashable, Sendable {
    package let json: JSONObject

    /// A status that came from elsewhere, as the container runtime's does.
    /// - Throws: `MalformedMessage` for anything but a JSON object.
    package init(parsing bytes: [UInt8]) throws(MalformedMessage) {
        guard let object = try MalformedMessage.parse(bytes, as: "status").objectValue else {
            throw MalformedMessage("a status must be an object")
        }
        json = object
    }

    private init(_ json: JSONObject) {
        self.json = json
    }

    /// The command ran and exited with 0.
    package static let success = RemoteCommandStatus(["metadata": [:], "status": "Success"])

    /// The command ran and exited with `code`; 0 is success.
    package static func exited(code: Int32) -> RemoteCommandStatus {
        guard code != 0 else { return success }
        return RemoteCommandStatus([
            "metadata": [:], "status": "Failure", "reason": "NonZeroExitCode",
            "message": .string("command terminated with non-zero exit code: exit status \(code)"),
            "details": ["causes": [["reason": "ExitCode", "message": .string(String(code))]]],
        ])
    }

    /// The command could not be run or its connection was lost.
    package static func internalError(_ message: String) -> RemoteCommandStatus {
        RemoteCommandStatus([
            "metadata": [:], "status": "Failure", "reason": "InternalError", "code": 500,
            "message": .string("Internal error occurred: \(message)"),
            "details": ["causes": [["message": .string(message)]]],
        ])
    }

    package var isSuccess: Bool { json["status"]?.stringValue == "Success" }
    package var message: String { json["message"]?.stringValue ?? "" }

    /// The exit code: 0 for success, nil when the command did not exit by itself.
    package var exitCode: Int32? {
        if isSuccess { return 0 }
        guard json["reason"]?.stringValue == "NonZeroExitCode" else { return nil }
        let causes = json["details"]?["causes"]?.arrayValue ?? []
        let cause = causes.first { $0["reason"]?.stringValue == "ExitCode" }
        return cause?["message"]?.stringValue.flatMap { Int32($0) }
    }
}
