import KubeAPI
import Machinery

struct IngressStrategy: Strategy {
    func prepareForCreate(_ ingress: inout Ingress) {
        ingress.json["status"] = ["loadBalancer": .object(JSONObject())]
    }

    func validate(_ ingress: Ingress) -> [FieldError] { IngressValidation.validate(ingress) }
    func validateCreate(_ ingress: Ingress) -> [FieldError] { IngressValidation.validateCreate(ingress) }
    func validateStatusUpdate(_ ingress: Ingress, from old: Ingress) -> [FieldError] {
        IngressValidation.validateStatus(ingress)
    }

    func warnings(for ingress: Ingress, from old: Ingress?) -> [String] {
        guard old == nil, ingress.annotations["kubernetes.io/ingress.class"] != nil else { return [] }
        return ["annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' instead"]
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Class", description: "The class it is of."),
            TableColumn("Hosts", description: "Hosts it answers for."),
            TableColumn("Address", description: "Where it is reached."),
            TableColumn("Ports", description: "Its ports."), .age,
        ]
    }

    func cells(_ ingress: Ingress, now: Timestamp) -> [JSON] {
        let balanced = ingress.status.loadBalancer?.ingress ?? []
        let addresses = Set(
            balanced.map { entry in
                let address = entry.ip ?? ""
                return address.isEmpty ? entry.hostname ?? "" : address
            }
        ).filter { !$0.isEmpty }.sorted()
        return [
            .string(ingress.name), .string(ingress.spec.ingressClassName ?? "<none>"), .string(hosts(ingress)),
            .string(addresses.joined(separator: ",")), .string(ingress.spec.tls.isEmpty ? "80" : "80, 443"),
            TableCell.age(ingress.metadata.creationTimestamp, now: now),
        ]
    }

    private func hosts(_ ingress: Ingress) -> String {
        let rules = ingress.spec.rules
        let hosts = rules.compactMap(\.host).filter { !$0.isEmpty }
        if hosts.isEmpty { return "*" }
        let shown = hosts.prefix(3).joined(separator: ",")
        return hosts.count > 3 ? "\(shown) + \(rules.count - 3) more..." : shown
    }
}

struct IngressClassStrategy: Strategy {
    func validate(_ item: IngressClass) -> [FieldError] { IngressClassValidation.validate(item) }
    func validateUpdate(_ item: IngressClass, from old: IngressClass) -> [FieldError] {
        IngressClassValidation.validateUpdate(item, from: old)
    }

    func applyDefaults(_ item: inout IngressClass) {
        guard var parameters = item.spec.parameters, parameters.scope == nil else { return }
        parameters.scope = "Cluster"
        item.spec.parameters = parameters
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Controller", description: "Who serves it."),
            TableColumn("Parameters", description: "Where its parameters are."), .age,
        ]
    }

    func cells(_ item: IngressClass, now: Timestamp) -> [JSON] {
        let isDefault = item.annotations["ingressclass.kubernetes.io/is-default-class"] == "true"
        let parameters = item.spec.parameters.map { parameters in
            "\(parameters.kind)\(parameters.apiGroup.map { ".\($0)" } ?? "")/\(parameters.name)"
        }
        return [
            .string(item.name + (isDefault ? " (default)" : "")), .string(item.spec.controller ?? ""),
            .string(parameters ?? "<none>"), TableCell.age(item.metadata.creationTimestamp, now: now),
        ]
    }
}
