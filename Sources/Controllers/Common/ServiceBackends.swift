import Client
import KubeAPI
import Machinery

/// Which pods stand behind a Service, and on which ports: the common ground of EndpointSlices and Endpoints.
enum ServiceBackends {
    static let headlessLabel = "service.kubernetes.io/headless"

    /// A Service port as one pod serves it.
    struct Port: Hashable, Sendable {
        let name: String
        let port: Int32
        let proto: String
        let appProtocol: String?
    }

    /// Pods that the selector takes, that have an address, and whose containers have not ended.
    static func pods(of service: Service, in informer: Informer<Pod>, includeTerminating: Bool) -> [Pod] {
        let selector = service.spec.selector
        guard !selector.isEmpty else { return [] }
        return informer.list(namespace: service.namespace, labels: selector).filter { pod in
            !pod.isTerminal && !(pod.status.podIP ?? "").isEmpty && (includeTerminating || !pod.isBeingDeleted)
        }
    }

    /// The ports of a Service that the pod serves; a named target that no container has is left out.
    static func ports(of service: Service, on pod: Pod) -> [Port] {
        service.spec.ports.compactMap { port in
            guard let number = targetPort(of: port, on: pod) else { return nil }
            return Port(
                name: port.name ?? "", port: number, proto: port.protocol ?? "TCP", appProtocol: port.appProtocol)
        }
    }

    private static func targetPort(of port: ServicePort, on pod: Pod) -> Int32? {
        switch port.targetPort {
        case .int(let number)?: return number == 0 ? port.port : number
        case nil: return port.port
        case .string(let name)?:
            let restartable = pod.spec.initContainers.filter { $0.restartPolicy == "Always" }
            for container in pod.spec.containers + restartable {
                for candidate in container.ports
                where candidate.name == name && (candidate.protocol ?? "TCP") == (port.protocol ?? "TCP") {
                    return candidate.containerPort
                }
            }
            return nil
        }
    }

    /// The name a pod has in DNS below the Service, if it asked for one.
    static func hostname(of pod: Pod, in service: Service) -> String? {
        guard let hostname = pod.spec.hostname, !hostname.isEmpty, pod.spec.subdomain == service.name else {
            return nil
        }
        return hostname
    }

    static func targetReference(to pod: Pod) -> ObjectReference {
        var reference = ObjectReference()
        reference.kind = "Pod"
        reference.namespace = pod.namespace
        reference.name = pod.name
        reference.uid = pod.uid
        return reference
    }

    /// The family of an address by its looks.
    static func family(of address: String) -> String { address.contains(":") ? "IPv6" : "IPv4" }
}

extension Service {
    var isHeadless: Bool { spec.clusterIP == "None" }
    /// Whether its backends are looked up here; others are managed by hand or have none.
    var hasManagedBackends: Bool { spec.type != "ExternalName" && !spec.selector.isEmpty }
}

extension Pod {
    func hasLabels(_ wanted: [String: String]) -> Bool {
        guard let labels = json["metadata"]?["labels"]?.objectValue else { return wanted.isEmpty }
        return wanted.allSatisfy { labels[$0.key]?.stringValue == $0.value }
    }
}

/// Puts the Services on a queue that a change of a pod concerns.
struct ServiceTriggers: Sendable {
    let services: Informer<Service>
    let queue: WorkQueue<ObjectKey>

    func handle(_ change: InformerChange<Pod>) {
        switch change {
        case .added(let pod), .deleted(let pod): add(servicesOf: [pod])
        case .updated(let old, let new):
            guard Facts(old) != Facts(new) else { return }
            add(servicesOf: [old, new])
        }
    }

    private func add(servicesOf pods: [Pod]) {
        guard let namespace = pods.first?.namespace else { return }
        for service in services.list(namespace: namespace) where service.hasManagedBackends {
            let selector = service.spec.selector
            if pods.contains(where: { $0.hasLabels(selector) }) { queue.add(service.key) }
        }
    }

    /// What of a pod shows in endpoints.
    private struct Facts: Equatable {
        let labels: JSON?
        let addresses: JSON?
        let isReady: Bool
        let isTerminal: Bool
        let isBeingDeleted: Bool
        let node: String
        let hostname: JSON?

        init(_ pod: Pod) {
            labels = pod.json["metadata"]?["labels"]
            addresses = pod.json["status"]?["podIPs"] ?? pod.json["status"]?["podIP"]
            isReady = pod.isReady
            isTerminal = pod.isTerminal
            isBeingDeleted = pod.isBeingDeleted
            node = pod.nodeName
            hostname = pod.json["spec"]?["hostname"]
        }
    }
}
