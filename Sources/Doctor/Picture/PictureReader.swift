import Client
import KubeAPI
import Machinery

/// Takes the picture: lists over the API, and the logs of containers that ended badly. Never reads Secrets.
package struct PictureReader: Sendable {
    /// What could not be read, and why; the rules go without it.
    package struct Gap: Hashable, Sendable {
        package var resource: String
        package var reason: String
    }

    /// Containers whose logs are read; those of one owner mostly say the same.
    private static let maxLogs = 64
    private static let logLines = 200
    private static let logBytes = 256 << 10

    private let client: Client

    package init(_ client: Client) { self.client = client }

    package func read(_ scope: Doctor.Scope, now: Timestamp) async -> (picture: ClusterPicture, gaps: [Gap]) {
        let namespace =
            switch scope {
            case .cluster: nil as String?
            case .namespace(let name): name
            case .object(let object): object.kind == "Node" || object.namespace.isEmpty ? nil : object.namespace
            }
        var options = ListOptions()
        options.namespace = namespace
        let within = options
        async let nodes = list(Node.self, ListOptions())
        // How full nodes are depends on the pods of all namespaces.
        async let pods = list(Pod.self, ListOptions())
        async let events = list(Event.self, within)
        async let deployments = list(Deployment.self, within)
        async let replicaSets = list(ReplicaSet.self, within)
        async let statefulSets = list(StatefulSet.self, within)
        async let daemonSets = list(DaemonSet.self, within)
        async let jobs = list(Job.self, within)
        async let autoscalers = list(HorizontalPodAutoscaler.self, within)
        async let services = list(Service.self, ListOptions())
        async let slices = list(EndpointSlice.self, ListOptions())
        async let ingresses = list(Ingress.self, within)
        async let claims = list(PersistentVolumeClaim.self, within)
        async let classes = list(StorageClass.self, ListOptions())
        async let budgets = list(PodDisruptionBudget.self, within)
        async let quotas = list(ResourceQuota.self, within)
        async let namespaces = list(Namespace.self, ListOptions())
        async let validating = list(ValidatingWebhookConfiguration.self, ListOptions())
        async let mutating = list(MutatingWebhookConfiguration.self, ListOptions())
        async let models = list(ServedModel.self, within)
        async let pools = list(ModelPool.self, within)
        var gaps: [Gap] = []
        func take<T>(_ answer: (items: [T], gap: Gap?)) -> [T] {
            if let gap = answer.gap { gaps.append(gap) }
            return answer.items
        }
        var picture = ClusterPicture(now: now)
        picture.nodes = take(await nodes)
        picture.pods = take(await pods)
        picture.events = take(await events)
        picture.deployments = take(await deployments)
        picture.replicaSets = take(await replicaSets)
        picture.statefulSets = take(await statefulSets)
        picture.daemonSets = take(await daemonSets)
        picture.jobs = take(await jobs)
        picture.autoscalers = take(await autoscalers)
        picture.services = take(await services)
        picture.endpointSlices = take(await slices)
        picture.ingresses = take(await ingresses)
        picture.claims = take(await claims)
        picture.storageClasses = take(await classes)
        picture.budgets = take(await budgets)
        picture.quotas = take(await quotas)
        picture.namespaces = take(await namespaces)
        picture.validatingWebhooks = take(await validating)
        picture.mutatingWebhooks = take(await mutating)
        picture.models = take(await models)
        picture.pools = take(await pools)
        if !picture.models.isEmpty || !picture.pools.isEmpty {
            let serving = await ServingReader(client).read()
            picture.queues = serving.queues
            picture.heldGPUs = serving.heldGPUs.filter { namespace == nil || $0.pod.namespace == namespace }
            gaps += serving.gaps
        }
        picture.logs = await logs(picture, namespace)
        return (picture, gaps)
    }

    private func list<T: KubeObject & Sendable>(
        _ type: T.Type, _ options: ListOptions
    ) async -> (items: [T], gap: Gap?) {
        do throws(StatusError) {
            return (try await client.list(type, options).items, nil)
        } catch {
            // A cluster without models does not serve their kinds.
            if error.isNotFound { return ([], nil) }
            return ([], Gap(resource: T.resource.resource, reason: error.message))
        }
    }

    // MARK: Logs

    /// The ends of what containers said before they ended badly, and of those that run and are not ready.
    private func logs(_ picture: ClusterPicture, _ namespace: String?) async -> [String: [String]] {
        var wanted: [(pod: Pod, container: String, previous: Bool)] = []
        for pod in picture.pods where namespace == nil || pod.namespace == namespace {
            for status in pod.status.initContainerStatuses + pod.status.containerStatuses {
                if let previous = Self.wantsPrevious(status) { wanted.append((pod, status.name, previous)) }
            }
        }
        return await withTaskGroup(of: (String, [String]).self) { group in
            for (pod, container, previous) in wanted.prefix(Self.maxLogs) {
                group.addTask {
                    ("\(pod.namespace)/\(pod.name)/\(container)", await log(pod, container, previous: previous))
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    /// Nil for a container whose log is of no interest.
    private static func wantsPrevious(_ status: ContainerStatus) -> Bool? {
        if let ended = status.state?.terminated { return ended.exitCode == 0 ? nil : false }
        if status.state?.waiting?.reason == "CrashLoopBackOff" { return false }
        if status.state?.running != nil, !status.ready { return false }
        return nil
    }

    /// A log that cannot be read is no evidence: the rules go by what else there is.
    private func log(_ pod: Pod, _ container: String, previous: Bool) async -> [String] {
        let path = "/api/v1/namespaces/\(pod.namespace)/pods/\(pod.name)/log"
        let query = [
            (name: "container", value: container), (name: "tailLines", value: String(Self.logLines)),
            (name: "limitBytes", value: String(Self.logBytes)), (name: "previous", value: String(previous)),
        ]
        do throws(StatusError) {
            let answer = try await client.transport.send(APIRequest(method: "GET", path: path, query: query))
            guard answer.isSuccess else { return [] }
            return String(decoding: answer.body, as: UTF8.self).split(separator: "\n").map(String.init)
        } catch {
            return []
        }
    }
}
