import Machinery

/// What this program is, and which API it serves.
package enum GantryVersion {
    package static let program = "0.1.0"
    package static let kubernetes = "v1.36.0"

    /// The answer of `/version`; clients parse `gitVersion` as a semantic version.
    package static var document: JSONObject {
        [
            "major": "1", "minor": "36", "gitVersion": .string("\(kubernetes)+gantry.\(program)"), "gitCommit": "",
            "gitTreeState": "clean", "buildDate": "", "goVersion": "", "compiler": "swift", "platform": "linux/amd64",
            "emulationMajor": "1", "emulationMinor": "36", "minCompatibilityMajor": "1", "minCompatibilityMinor": "36",
        ]
    }
}
