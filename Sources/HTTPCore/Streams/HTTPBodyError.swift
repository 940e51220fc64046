/// Why a body could not be read.
package enum HTTPBodyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// More bytes than the caller allows, in `Content-Length` or as they came.
    case tooLarge(limit: Int)
    /// The peer went away, or reset the stream, before the end.
    case connectionClosed
    /// The reading task was cancelled.
    case cancelled
    /// The peer broke the protocol, in words.
    case malformed(String)
    /// No byte came for too long.
    case timedOut

    package var description: String {
        switch self {
        case .tooLarge(let limit): "the body is larger than \(limit) bytes"
        case .connectionClosed: "the connection closed before the end of the body"
        case .cancelled: "reading the body was cancelled"
        case .malformed(let cause): "the body is malformed: \(cause)"
        case .timedOut: "no byte of the body came in time"
        }
    }
}
