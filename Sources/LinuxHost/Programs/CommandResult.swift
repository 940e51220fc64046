/// What a program left that ran to its end.
package struct CommandResult: Sendable {
    /// The exit code, or 128 and the signal that ended it, as shells tell it.
    package let status: Int32
    /// What it wrote, each stream cut at the command's bound, without surrounding white space.
    package let output: String
    package let errors: String

    /// The first of complaints, output and bare status that says anything.
    package var complaint: String {
        if !errors.isEmpty { return errors }
        return output.isEmpty ? "it ended with status \(status)" : output
    }
}

/// Why a program did not come to its end.
package enum CommandError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A program that is not installed.
    case missing(String)
    case cannotStart(String, reason: String)
    /// It was killed for it took longer than it may.
    case tookTooLong(String, limit: Duration)
    /// It was killed because nobody waits for it any more.
    case cancelled(String)

    package var description: String {
        switch self {
        case .missing(let program): "\(program) is not installed"
        case .cannotStart(let program, let reason): "\(program) could not be started: \(reason)"
        case .tookTooLong(let program, let limit): "\(program) did not end within \(limit)"
        case .cancelled(let program): "\(program) was stopped"
        }
    }
}
