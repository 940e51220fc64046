import Machinery

/// The seam between a client and an API server: in this process (APIServer) or over the network (RemoteClient).
///
/// A transport authenticates as one identity, fixed when it is made. Requests are independent of each other and may
/// run at the same time. Cancelling the calling task abandons the request; whether it took effect is then unknown.
package protocol Transport: Sendable {
    /// Performs a request and gathers the whole answer.
    ///
    /// Answers of 400 and above are returned like any other; the client turns them into errors.
    /// - Throws: `StatusError` when no answer came (connection refused, time-out, overlong body); `unanswered` when
    ///   the request may have been carried out nevertheless.
    func send(_ request: APIRequest) async throws(StatusError) -> APIResponse

    /// Performs a request whose answer is endless: a watch, or a log that is followed.
    ///
    /// - Throws: `StatusError` for every answer that is not 2xx, decoded from its body.
    func stream(_ request: APIRequest) async throws(StatusError) -> any ByteStream
}

/// The body of a streamed answer.
package protocol ByteStream: Sendable {
    /// The next bytes, cut anywhere; `nil` when the server ended the stream in good order.
    ///
    /// Cancelling the calling task ends the wait by throwing. Only one call may be under way.
    func next() async throws -> [UInt8]?

    /// Ends the stream and frees what it holds; may be called from anywhere, any number of times.
    func cancel()
}
