import KubeSchemas
import Machinery
import Store
import Synchronization

/// The configurations of one kind as the store has them, each compiled once for every state it is in.
///
/// The watch cache tells of a change before it is acknowledged, so whoever wrote a configuration finds it at work with
/// the next request. Telling only takes notes; compiling is the first interested request's work.
final class AdmissionFeed<Compiled: Sendable>: Sendable {
    /// All configurations in the order of their names, and a number that changes with them.
    struct Edition: Sendable {
        let number: UInt64
        let entries: [Compiled]
    }

    private struct Noted {
        let object: StoredObject
        var compiled: Compiled?
    }

    private struct State {
        var objects: [String: Noted] = [:]
        var number: UInt64 = 0
        var edition: Edition?
        var subscription: Subscription?
    }

    private let compile: @Sendable (JSONObject) -> Compiled
    private let state = Mutex(State())

    init(compile: @escaping @Sendable (JSONObject) -> Compiled) {
        self.compile = compile
    }

    func follow(_ bucket: String, of cache: WatchCache) throws(StatusError) {
        let group = WatchGroup { [weak self] deliveries in
            for delivery in deliveries { self?.note(delivery.event) }
        }
        do {
            let opening = try cache.subscribe(bucket, WatchSelection(), from: .currentState, group: group)
            state.withLock { state in
                for object in opening.snapshot?.objects() ?? cache.snapshot(bucket).objects()
                where state.objects[object.key.name].map({ $0.object.revision < object.revision }) ?? true {
                    state.objects[object.key.name] = Noted(object: object)
                }
                state.number += 1
                state.edition = nil
                state.subscription = opening.subscription
            }
        } catch {
            throw StatusError.internalError("following \(bucket): \(error)")
        }
    }

    private func note(_ event: StoreEvent) {
        state.withLock { state in
            state.objects[event.key.name] = event.type == .deleted ? nil : Noted(object: event.object)
            state.number += 1
            state.edition = nil
        }
    }

    /// All configurations as they are now.
    func current() -> Edition {
        let (known, notes, number) = state.withLock { state -> (Edition?, [String: Noted], UInt64) in
            if let edition = state.edition { return (edition, [:], state.number) }
            return (nil, state.objects, state.number)
        }
        if let known { return known }
        // Outside the lock, which commits take as well.
        var compiled: [String: Noted] = [:]
        var entries: [Compiled] = []
        for name in notes.keys.sorted(by: UTF8Order.isLess) {
            guard var noted = notes[name], let value = noted.compiled ?? compiledForm(noted.object) else { continue }
            noted.compiled = value
            compiled[name] = noted
            entries.append(value)
        }
        let edition = Edition(number: number, entries: entries)
        state.withLock { state in
            for (name, noted) in compiled where state.objects[name]?.object === noted.object {
                state.objects[name] = noted
            }
            if state.number == number { state.edition = edition }
        }
        return edition
    }

    /// Bytes that were written by this server can be read by it.
    private func compiledForm(_ object: StoredObject) -> Compiled? {
        (try? JSON(parsing: object.bytes, keys: BuiltinSchemas.keys))?.objectValue.map(compile)
    }
}
