import Client
import KubeAPI
import Machinery
import Synchronization

/// Deletes objects whose owners are gone, and carries out foreground and orphaning deletion.
///
/// It follows the metadata of every deletable resource the server lists; kinds that other controllers follow anyway
/// are taken from the shared informers. Before anything is deleted the server is asked about the object and each of
/// its owners, so a graph that is behind costs requests, never objects.
final class GarbageCollector: ControllerService, Sendable {
    enum Work: Hashable, Sendable {
        /// Perhaps to be deleted, or perhaps done waiting for its dependents.
        case examine(String)
        /// Its dependents are to be released.
        case orphan(String)
    }

    struct State {
        var graph = OwnershipGraph()
        /// Resources by the `apiVersion` and kind that owner references name.
        var kinds: [GroupVersionKind: ServedResource] = [:]
    }

    let context: ControllerContext
    let queue: WorkQueue<Work>
    let state = Mutex(State())
    private let monitors: MonitorSet
    /// A resource that cannot be listed does not hold up the others for longer.
    private static let patience = Duration.seconds(30)

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(Work.self, name: "garbage_collector_attempt_to_delete")
        monitors = MonitorSet(context)
    }

    var name: String { "garbage-collector" }

    func run() async throws {
        // What was known before a loss of leadership is not to be trusted.
        state.withLock { $0 = State() }
        let (ready, announce) = AsyncStream.makeStream(of: Void.self)
        let listener = MonitorSet.Listener(
            observe: { [self] in observe($0) },
            discovered: { [self] served in
                state.withLock { state in
                    for resource in served { state.kinds[resource.kind] = resource }
                }
            }, ready: { announce.finish() })
        let clock = DelayClock(context.clock)
        await withDiscardingTaskGroup { group in
            group.addTask { [monitors] in await monitors.run(listener) }
            group.addTask { [self] in
                await withTaskGroup(of: Void.self) { wait in
                    wait.addTask { for await _ in ready {} }
                    // Sleeping fails only by cancellation, upon which the runner ends at once.
                    wait.addTask { try? await clock.sleep(for: Self.patience) }
                    await wait.next()
                    wait.cancelAll()
                }
                let examiner = GarbageExaminer(collector: self)
                await ControllerRunner(examiner, queue: queue, workers: 8, log: context.log).run()
            }
        }
    }

    /// A kind came up that no resource is known for.
    func requestDiscovery() {
        monitors.requestDiscovery()
    }

    /// Takes in a change, from any monitor.
    func observe(_ change: MonitoredChange) {
        let consequences = state.withLock { state in
            switch change {
            case .present(let facts): state.graph.update(facts)
            case .gone(let uid): state.graph.remove(uid)
            }
        }
        for uid in consequences.examine { queue.add(.examine(uid)) }
        for uid in consequences.orphan { queue.add(.orphan(uid)) }
    }
}

enum MonitoredChange: Sendable {
    case present(ObjectFacts)
    case gone(uid: String)
}
