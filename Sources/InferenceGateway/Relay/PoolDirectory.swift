import Inference
import KubeAPI
import NIOCore
import Synchronization

/// The pools there are, and where requests go: what the gateway knows of the cluster.
package final class PoolDirectory: Sendable {
    private struct State {
        var pools: [ObjectKey: Pool] = [:]
        var routes = RoutingTable()
    }

    struct Pool: Sendable {
        let dispatcher: PoolDispatcher
        var version: String
    }

    /// What is known of a pool.
    package struct Description: Sendable, Hashable {
        package var version: String
        package var limits: PoolLimits
        package var replicas: [Replica]

        package init(version: String = "", limits: PoolLimits = PoolLimits(), replicas: [Replica] = []) {
            self.version = version
            self.limits = limits
            self.replicas = replicas
        }
    }

    private let loads: PoolLoads
    private let timers: any EventLoop
    private let state = Mutex(State())

    package init(loads: PoolLoads, timers: any EventLoop) {
        self.loads = loads
        self.timers = timers
        loads.readReplicas { [weak self] pool in self?[pool]?.dispatcher.runningByPod ?? [:] }
    }

    package var routes: RoutingTable { state.withLock { $0.routes } }

    package func setRoutes(_ routes: RoutingTable) { state.withLock { $0.routes = routes } }

    subscript(pool: ObjectKey) -> Pool? { state.withLock { $0.pools[pool] } }

    /// Pods of a pool that take new requests.
    package func openPods(of pool: ObjectKey) -> Int { self[pool]?.dispatcher.openPods ?? 0 }

    package var poolKeys: [ObjectKey] { state.withLock { Array($0.pools.keys) } }

    /// - Parameter description: nil: the pool is no more.
    package func set(_ key: ObjectKey, _ description: Description?) {
        guard let description else {
            let pool = state.withLock { $0.pools.removeValue(forKey: key) }
            pool?.dispatcher.close()
            return
        }
        let dispatcher = state.withLock { state in
            if state.pools[key] == nil {
                state.pools[key] = Pool(
                    dispatcher: PoolDispatcher(key, loads: loads, timers: timers), version: description.version)
            }
            state.pools[key]?.version = description.version
            return state.pools[key]?.dispatcher
        }
        dispatcher?.update(description.replicas, limits: description.limits)
    }
}
