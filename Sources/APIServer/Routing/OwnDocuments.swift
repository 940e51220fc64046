import Machinery
import Synchronization

/// Documents that other parts of the process answer with, by path. Like every path that is no resource, each is for
/// those whom a role lets get it.
package final class OwnDocuments: Sendable {
    package typealias Answer = @Sendable (QueryParameters) throws(StatusError) -> JSONObject

    private let answers = Mutex<[String: Answer]>([:])

    /// The answer must be quick: nothing is waited for.
    package func register(_ path: String, _ answer: @escaping Answer) {
        answers.withLock { $0[path] = answer }
    }

    package var paths: [String] { answers.withLock { Array($0.keys) } }

    func response(path: String, query: QueryParameters) throws(StatusError) -> ServerResponse? {
        guard let answer = answers.withLock({ $0[path] }) else { return nil }
        return .object(try answer(query))
    }
}
