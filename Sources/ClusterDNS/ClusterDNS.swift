import Client
import KubeAPI
import Machinery
import NIOCore
import NIOPosix
import Synchronization

/// The cluster's DNS server: authoritative for the cluster's names, a forwarder for all others.
///
/// Answers about the cluster come from an index that follows Services, EndpointSlices and Namespaces; they cost no request and are
/// given by UDP and TCP alike. Other questions go to the upstream servers, at most `maximumForwarded` at a time;
/// without any, they fail at once. IPv4 only.
///
/// Where the proxy of the same machine handles Services, the DNS Service must carry the label
/// `service.kubernetes.io/service-proxy-name`: this server has that address itself.
package final class ClusterDNS: Sendable {
    private struct State {
        var zone: ClusterZone
        var bound: (port: Int, isReady: Bool) = (0, false)
        var readyHandlers: [@Sendable (Int) -> Void] = []
        var forwarded = 0
    }

    static let maximumForwarded = 256
    private static let serviceIndex = "clusterDNS.service"
    /// How many aliases are followed for one answer.
    private static let maximumAliases = 8

    private let services: Informer<Service>
    private let slices: Informer<EndpointSlice>
    private let namespaces: Informer<Namespace>
    private let domain: DNSName
    private let address: String
    private let port: Int
    private let upstreams: UpstreamSource
    private let forwarder: Forwarder
    private let log: FailureLog
    private let state: Mutex<State>
    private let jobs: AsyncStream<ForwardJob>
    private let jobQueue: AsyncStream<ForwardJob>.Continuation

    /// - Parameters:
    ///   - domain: the cluster's, as in `cluster.local`.
    ///   - address: where to listen; a device of this machine must have it by the time `run()` is called.
    ///   - port: 0 for any free one.
    /// - Throws: `ClusterDNSError` for a domain that is no name.
    package init(
        informers: InformerFactory, domain: String = "cluster.local", address: String, port: Int = 53,
        upstreams: UpstreamSource = .resolverFile("/etc/resolv.conf"), log: FailureLog = .standardError
    ) throws(ClusterDNSError) {
        guard let name = DNSName(domain)?.lowercased, !name.isRoot,
            let zone = ClusterZone(domain: name, address: IPv4.parse(address))
        else { throw ClusterDNSError("\(domain) is no domain") }
        services = informers.informer(Service.self)
        slices = informers.informer(EndpointSlice.self)
        namespaces = informers.informer(Namespace.self)
        slices.addIndex(Self.serviceIndex) { slice in Self.service(of: slice).map { [$0.description] } ?? [] }
        self.domain = name
        self.address = address
        self.port = port
        self.upstreams = upstreams
        self.log = log
        forwarder = Forwarder(ownAddress: address, ownPort: port)
        state = Mutex(State(zone: zone))
        // `forwarded` bounds it.
        (jobs, jobQueue) = AsyncStream.makeStream(of: ForwardJob.self, bufferingPolicy: .unbounded)
    }

    /// Whether questions are answered.
    package var isReady: Bool { state.withLock { $0.bound.isReady } }

    /// Calls the handler with the port once questions are answered; at once when they are already.
    package func onReady(_ handler: @escaping @Sendable (_ port: Int) -> Void) {
        let bound = state.withLock { state in
            if !state.bound.isReady { state.readyHandlers.append(handler) }
            return state.bound
        }
        if bound.isReady { handler(bound.port) }
    }

    /// Serves until the task is cancelled.
    ///
    /// - Throws: `ClusterDNSError` when the address cannot be listened on; `CancellationError`.
    package func run() async throws {
        let serviceHandler = services.onChange { [self] change in refresh(change.object.key) }
        defer { services.removeHandler(serviceHandler) }
        let sliceHandler = slices.onChange { [self] change in
            if case .updated(let old, let new) = change, let key = Self.service(of: old), key != Self.service(of: new) {
                refreshHeadless(key)
            }
            if let key = Self.service(of: change.object) { refreshHeadless(key) }
        }
        defer { slices.removeHandler(sliceHandler) }
        let namespaceHandler = namespaces.onChange { [self] change in refresh(namespace: change.object.name) }
        defer { namespaces.removeHandler(namespaceHandler) }
        try await services.waitForSync()
        try await slices.waitForSync()
        try await namespaces.waitForSync()

        let group = MultiThreadedEventLoopGroup.singleton
        let watch = try await watchUpstreams(group)
        defer { watch?.close(promise: nil) }
        let listeners: DNSListeners
        do {
            listeners = try await DNSListeners.bind(address: address, port: port, group: group, answerer: self)
        } catch {
            throw ClusterDNSError("cannot listen on \(address) port \(port): \(error)")
        }
        becomeReady(port: listeners.port)
        defer { state.withLock { $0.bound.isReady = false } }
        await withDiscardingTaskGroup { tasks in
            for await job in jobs {
                tasks.addTask { await self.forward(job) }
            }
            tasks.cancelAll()
        }
        listeners.close()
        try Task.checkCancellation()
    }

    private func watchUpstreams(_ group: any EventLoopGroup) async throws(ClusterDNSError) -> (any Channel)? {
        switch upstreams {
        case .fixed(let servers):
            forwarder.use(servers)
            return nil
        case .resolverFile(let path):
            forwarder.use(ResolverFile.servers(path))
            return try await ResolverFile.watch(path, group: group) { [forwarder] in
                forwarder.use(ResolverFile.servers(path))
            }
        }
    }

    private func becomeReady(port: Int) {
        let handlers = state.withLock { state in
            state.bound = (port, true)
            defer { state.readyHandlers = [] }
            return state.readyHandlers
        }
        for handler in handlers { handler(port) }
    }

    // MARK: Following the cluster

    private static func service(of slice: EndpointSlice) -> ObjectKey? {
        slice.labels["kubernetes.io/service-name"].map { ObjectKey(namespace: slice.namespace, name: $0) }
    }

    private func refresh(namespace name: String) {
        let key = ObjectKey(namespace: "", name: name)
        let exists = namespaces.get(key) != nil
        state.withLock { $0.zone.set(namespace: key, exists: exists) }
    }

    private func refreshHeadless(_ key: ObjectKey) {
        guard let service = services.get(key), ServiceRecords.isHeadless(service) else { return }
        refresh(key)
    }

    private func refresh(_ key: ObjectKey) {
        let records = services.get(key).flatMap { service in
            let own = ServiceRecords.isHeadless(service) ? slices.byIndex(Self.serviceIndex, key.description) : []
            return ServiceRecords.make(service, slices: own, domain: domain)
        }
        state.withLock { $0.zone.index.set(key, records) }
    }
}

extension ClusterDNS: DNSAnswerer {
    func answer(_ message: [UInt8], isStream: Bool, reply: @escaping @Sendable ([UInt8]?) -> Void) {
        let query: DNSQuery
        switch DNSQuery.parse(message) {
        case .ignore: return reply(nil)
        case .refuse(let id, let flags, let code): return reply(DNSReply.refusal(id: id, flags: flags, code: code))
        case .query(let parsed): query = parsed
        }
        let limit = isStream ? 65535 : query.datagramLimit
        func finish(_ answer: DNSReply) { reply(answer.encode(for: query, limit: limit)) }
        // 16 is BADVERS: we know version 0 only.
        if let version = query.extensions?.version, version != 0 {
            return finish(DNSReply(code: 16, isAuthoritative: false))
        }
        guard query.recordClass == 1, query.type != RecordType.axfr, query.type != RecordType.ixfr,
            query.type != RecordType.opt
        else { return finish(DNSReply(code: ResponseCode.refused, isAuthoritative: false)) }

        let job: ForwardJob
        switch resolveLocally(query) {
        case .reply(let answer): return finish(answer)
        case .notOurs:
            job = ForwardJob(query: query, alias: nil, limit: limit, isStream: isStream, reply: reply)
        case .alias(let answer, let target):
            job = ForwardJob(query: query, alias: (answer, target), limit: limit, isStream: isStream, reply: reply)
        }
        let accepted = state.withLock { state in
            guard state.forwarded < Self.maximumForwarded else { return false }
            state.forwarded += 1
            return true
        }
        guard accepted, forwarder.hasServers else {
            if accepted { state.withLock { $0.forwarded -= 1 } }
            return finish(job.failure)
        }
        jobQueue.yield(job)
    }

    /// Answers from the index; aliases are followed as long as they stay in the cluster.
    private func resolveLocally(_ query: DNSQuery) -> ClusterZone.Answer {
        state.withLock { state in
            let first = state.zone.answer(query.name, type: query.type)
            guard case .alias(var answer, var target) = first else { return first }
            for _ in 0..<Self.maximumAliases {
                switch state.zone.answer(target, type: query.type) {
                case .notOurs: return .alias(answer, target: target)
                case .reply(let end):
                    answer.code = end.code
                    answer.answers += end.answers
                    answer.authorities = end.authorities
                    answer.additionals = end.additionals
                    return .reply(answer)
                case .alias(let next, let nextTarget):
                    answer.answers += next.answers
                    target = nextTarget
                }
            }
            return .reply(DNSReply(code: ResponseCode.serverFailure))
        }
    }

    private func forward(_ job: ForwardJob) async {
        defer { state.withLock { $0.forwarded -= 1 } }
        var asked = job.query
        if let target = job.alias?.target { asked.name = target }
        guard let answer = await forwarder.ask(asked, isStream: job.isStream) else {
            return job.reply(job.failure.encode(for: job.query, limit: job.limit))
        }
        guard var reply = job.alias?.reply else { return job.reply(answer) }
        // The alias is ours, the rest is what they said.
        let said = ForeignAnswer(answer)
        reply.isAuthoritative = false
        reply.code = said?.code ?? ResponseCode.serverFailure
        if let said { reply.foreignAnswers = said.plainAnswers(to: asked, named: asked.name) }
        job.reply(reply.encode(for: job.query, limit: job.limit))
    }
}

/// A question that has to be asked elsewhere.
struct ForwardJob: Sendable {
    var query: DNSQuery
    /// Set where our own name turned out to stand for somebody else's.
    var alias: (reply: DNSReply, target: DNSName)?
    var limit: Int
    var isStream: Bool
    var reply: @Sendable ([UInt8]?) -> Void

    /// What is said when nobody can be asked.
    var failure: DNSReply { DNSReply(code: ResponseCode.serverFailure, isAuthoritative: false) }
}

/// Whose answers other names get.
package enum UpstreamSource: Sendable {
    /// The `nameserver` lines of a file, which is read again whenever it changes.
    case resolverFile(String)
    case fixed([UpstreamServer])
}

/// A failure to start.
package struct ClusterDNSError: Error, CustomStringConvertible, Sendable {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
