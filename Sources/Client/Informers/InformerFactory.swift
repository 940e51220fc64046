import KubeAPI
import Machinery
import Synchronization

/// Makes informers and runs them; everything in a process that asks for the same objects shares one.
///
/// Informers may be asked for at any time, before and while `run()` runs. Ask, add indexes and handlers, then wait
/// for the sync.
package final class InformerFactory: Sendable {
    private struct Key: Hashable {
        let type: ObjectIdentifier
        let namespace: String?
        let labelSelector: String?
        let fieldSelector: String?
    }

    private typealias Service = @Sendable () async -> Void

    private let client: Client
    private let clock: DelayClock
    private let log: FailureLog
    private let informers = Mutex<[Key: any Sendable]>([:])
    private let started: AsyncStream<Service>
    private let start: AsyncStream<Service>.Continuation

    package init(
        client: Client, clock: some Clock<Duration> = ContinuousClock(), log: FailureLog = .standardError
    ) {
        self.client = client
        self.clock = DelayClock(clock)
        self.log = log
        // As many elements as there are informers, each asked for by name in the program.
        (started, start) = AsyncStream.makeStream(of: Service.self, bufferingPolicy: .unbounded)
    }

    /// The informer of a kind, made at the first call.
    ///
    /// - Parameter transform: what to keep of each object; of several callers the first decides.
    package func informer<T: KubeObject>(
        _: T.Type, namespace: String? = nil, labelSelector: String? = nil, fieldSelector: String? = nil,
        transform: (@Sendable (T) -> T)? = nil
    ) -> Informer<T> {
        let key = Key(
            type: ObjectIdentifier(T.self), namespace: namespace, labelSelector: labelSelector,
            fieldSelector: fieldSelector)
        return informers.withLock { informers in
            if let informer = informers[key] as? Informer<T> { return informer }
            let informer = Informer<T>(transform: transform)
            informers[key] = informer
            let reflector = Reflector(
                source: client.resource(T.resource).withoutManagedFields, namespace: namespace,
                labelSelector: labelSelector, fieldSelector: fieldSelector,
                sink: informer, clock: clock, log: log
            ) { T(json: $0) }
            start.yield { await reflector.run() }
            return informer
        }
    }

    /// Lists and watches for all informers, until the task is cancelled. To be called once.
    package func run() async throws {
        await withDiscardingTaskGroup { group in
            for await service in started {
                group.addTask { await service() }
            }
        }
    }
}
