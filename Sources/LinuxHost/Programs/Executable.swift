import Glibc

/// Where the machine's programs are.
package enum Executable {
    /// Where distributions put system programs, whether or not PATH names them.
    package static let systemFolders = [
        "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin",
    ]

    /// The full path of a program, looked for in PATH and then in the system's folders.
    package static func path(of name: String) -> String? {
        folders().map { $0 + "/" + name }.first { access($0, X_OK) == 0 }
    }

    /// This process' environment, with the system's folders in its PATH.
    package static func environment() -> [String] {
        var variables: [String] = []
        var next = environ
        while let entry = next.pointee {
            variables.append(String(cString: entry))
            next += 1
        }
        return variables.filter { !$0.hasPrefix("PATH=") } + ["PATH=" + folders().joined(separator: ":")]
    }

    private static func folders() -> [String] {
        let named = (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":").map(String.init)
        return named + systemFolders.filter { !named.contains($0) }
    }
}
