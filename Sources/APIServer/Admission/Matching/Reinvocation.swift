import Machinery

/// What a request's second round through the plugins that change objects has to do.
///
/// Webhooks and policies with `reinvocationPolicy: IfNeeded` are asked once more when others changed the object after
/// them. There are two rounds at most (KEP-1040).
struct Reinvocation: Sendable {
    private(set) var isSecondRound = false
    /// Some webhook or policy changed the object.
    private(set) var isNeeded = false
    var webhooks = Reinvoked<String>()
    var policies = Reinvoked<PolicyInvocationKey>()

    mutating func request() { isNeeded = true }

    mutating func beginSecondRound() {
        isSecondRound = true
        isNeeded = false
    }
}

/// The webhooks, or policies, of one request that may be asked once more.
struct Reinvoked<Key: Hashable & Sendable>: Sendable {
    private var lastOutput: JSONObject?
    private var asked: Set<Key> = []
    private var due: Set<Key> = []

    func isDue(_ key: Key) -> Bool { due.contains(key) }

    /// The object was changed: everyone asked so far is due again.
    mutating func changed() {
        due.formUnion(asked)
        asked = []
    }

    /// One that wants to be asked again has been asked.
    mutating func noteAsked(_ key: Key) { asked.insert(key) }

    /// Begins the second round: what built-in plugins changed since the first counts as a change.
    mutating func resume(with object: JSONObject?) {
        if object != lastOutput { changed() }
    }

    mutating func pause(with object: JSONObject?) { lastOutput = object }
}

/// What tells one evaluation of a policy from others within a request.
struct PolicyInvocationKey: Hashable, Sendable {
    let policy: String
    let binding: String
    let parameters: String
}
