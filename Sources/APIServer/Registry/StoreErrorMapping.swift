import Machinery
import Store

/// Maps the store's errors to the API's, once.
enum StoreErrorMapping {
    static func status(_ error: StoreError, resource: GroupResource, name: String) -> StatusError {
        switch error {
        case .alreadyExists: .alreadyExists(resource, name: name)
        case .notFound: .notFound(resource, name: name)
        case .conflict: .conflict(resource, name: name)
        case .overloaded:
            .tooManyRequests("the store has too many writes waiting, please try again later", retryAfterSeconds: 1)
        case .full: .insufficientStorage(resource, name: name, error.description)
        default: .internalError("storing \(resource) \"\(name)\": \(error)")
        }
    }
}
