/// Whether a store can take writes.
package enum StoreHealth: Hashable, Sendable {
    case ok
    /// Only deletions are taken until there is space again.
    case full(String)
    /// Nothing is taken until the store is opened again.
    case failed(String)
    case closed
}
