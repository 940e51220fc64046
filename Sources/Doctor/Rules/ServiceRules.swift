import KubeAPI
import Machinery

/// Services and Ingresses that lead nowhere.
enum ServiceRules {
    static func examine(_ service: Service, in picture: ClusterPicture) -> [Finding] {
        guard service.spec.type != "ExternalName", !service.isBeingDeleted else { return [] }
        guard !service.spec.selector.isEmpty else { return [] }
        let pods = picture.pods(service.namespace, matching: service.spec.selector).filter { pod in
            !pod.isBeingDeleted && pod.status.phase != "Succeeded" && pod.status.phase != "Failed"
        }
        if pods.isEmpty { return mismatch(service, picture) }
        return ports(service, pods, picture) ?? readiness(service, pods, picture) ?? balancer(service, picture)
    }

    private static func mismatch(_ service: Service, _ picture: ClusterPicture) -> [Finding] {
        let selector = service.spec.selector.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        // Pods that have some of the labels are those that were meant.
        let near = picture.pods.filter { pod in
            pod.namespace == service.namespace && service.spec.selector.keys.contains { pod.labels[$0] != nil }
        }
        // Scaled to zero, as what served before a rollout is, though others may bear some of the labels.
        if owners(service, picture) { return [] }
        let labels = Set(
            near.map { pod in
                service.spec.selector.keys.sorted().map { "\($0)=\(pod.labels[$0] ?? "")" }.joined(separator: ",")
            })
        let text = selector.joined(separator: ",")
        return [
            Finding(
                .selectorMismatch, service.objectName, "The service selects no pod: none has the labels \(text).",
                evidence: [Evidence("spec.selector", text)]
                    + labels.sorted().prefix(3).map { Evidence("labels of pods", $0) },
                next: [
                    service.objectName.kubectl("get pods --show-labels"),
                    service.objectName.kubectl("get pods -l '\(text)'"),
                ])
        ]
    }

    /// Whether some workload would make pods that the service selects.
    private static func owners(_ service: Service, _ picture: ClusterPicture) -> Bool {
        let templates =
            picture.deployments.map { ($0.namespace, $0.spec.template) }
            + picture.statefulSets.map { ($0.namespace, $0.spec.template) }
        return templates.contains { namespace, template in
            let labels = template.metadata.labels
            return namespace == service.namespace && service.spec.selector.allSatisfy { labels[$0.key] == $0.value }
        }
    }

    private static func ports(_ service: Service, _ pods: [Pod], _ picture: ClusterPicture) -> [Finding]? {
        let offered = pods.flatMap { $0.spec.containers + $0.spec.initContainers }.flatMap(\.ports)
        for port in service.spec.ports {
            let target = port.targetPort ?? .int(port.port)
            let isThere: Bool
            switch target {
            case .string(let name): isThere = offered.contains { $0.name == name }
            // What containers do not declare they may still listen on.
            case .int(let number): isThere = offered.isEmpty || offered.contains { $0.containerPort == number }
            }
            if isThere { continue }
            let names = Set(offered.map { "\($0.name.map { "\($0) " } ?? "")\($0.containerPort)" }).sorted()
            let wanted = if case .string(let name) = target { name } else { String(target.intValue) }
            return [
                Finding(
                    .portMismatch, service.objectName,
                    "Port \(port.port) of the service leads to port \(wanted), which its pods do not have.",
                    evidence: [
                        Evidence("spec.ports", "port \(port.port), targetPort \(wanted)"),
                        Evidence("ports of pods", names.isEmpty ? "none" : names.joined(separator: ", ")),
                    ],
                    next: [
                        service.objectName.describe,
                        service.objectName.kubectl("get pods -o jsonpath='{..containerPort}'"),
                    ])
            ]
        }
        return nil
    }

    private static func readiness(_ service: Service, _ pods: [Pod], _ picture: ClusterPicture) -> [Finding]? {
        guard service.spec.publishNotReadyAddresses != true else { return nil }
        let ready = pods.filter { $0.status.conditions.contains { $0.type == "Ready" && $0.status == "True" } }
        guard ready.isEmpty else { return nil }
        return [
            Finding(
                .noReadyEndpoints, service.objectName,
                "None of the \(pods.count) pods of the service is ready, so nobody answers.",
                evidence: pods.prefix(3).map { pod in
                    let condition = pod.status.conditions.first { $0.type == "Ready" }
                    return Evidence(
                        "pod \(pod.name)", "\(pod.status.phase ?? "Pending"): \(condition?.message ?? "not ready")")
                },
                next: [service.objectName.kubectl("get endpointslices -l kubernetes.io/service-name=\(service.name)")])
        ]
    }

    private static func balancer(_ service: Service, _ picture: ClusterPicture) -> [Finding] {
        guard service.spec.type == "LoadBalancer", service.status.loadBalancer?.ingress.isEmpty != false,
            let created = service.metadata.creationTimestamp, picture.now - created > .seconds(60)
        else { return [] }
        return [
            Finding(
                .loadBalancer, service.objectName, "No load balancer has given the service an address.",
                evidence: [Evidence("status.loadBalancer", "{}")]
                    + picture.events(of: service.objectName).prefix(1).map(Evidence.event),
                next: [service.objectName.describe])
        ]
    }

    // MARK: Ingresses

    static func examine(_ ingress: Ingress, in picture: ClusterPicture) -> [Finding] {
        let paths = ingress.spec.rules.flatMap { $0.http?.paths ?? [] }.map(\.backend)
        for backend in paths + [ingress.spec.defaultBackend].compactMap({ $0 }) {
            guard let wanted = backend.service else { continue }
            let service = picture.services.first { $0.namespace == ingress.namespace && $0.name == wanted.name }
            let hasPort =
                service?.spec.ports.contains { port in
                    port.port == wanted.port?.number || (port.name != nil && port.name == wanted.port?.name)
                } ?? false
            if hasPort { continue }
            let port = wanted.port?.name ?? wanted.port?.number.map(String.init) ?? ""
            return [
                Finding(
                    .missingBackend, ingress.objectName,
                    service == nil
                        ? "The ingress leads to service \(wanted.name), which is not there."
                        : "The ingress leads to port \(port) of service \(wanted.name), which has no such port.",
                    evidence: [Evidence("backend", "\(wanted.name):\(port)")],
                    next: [ingress.objectName.kubectl("get services"), ingress.objectName.describe])
            ]
        }
        return []
    }
}
