import Machinery

package enum NetworkPolicyValidation {
    private static let path = FieldPath("spec")
    private static let types = ["Ingress", "Egress"]

    package static func validate(_ policy: NetworkPolicy) -> [FieldError] {
        let spec = policy.spec
        var errors = Selector.validate(
            labelSelector: spec.json["podSelector"]?.objectValue, at: path.child("podSelector"))
        for (index, rule) in spec.ingress.enumerated() {
            let place = path.child("ingress").index(index)
            errors += validate(rule.ports, at: place.child("ports"))
            errors += validate(rule.from, at: place.child("from"))
        }
        for (index, rule) in spec.egress.enumerated() {
            let place = path.child("egress").index(index)
            errors += validate(rule.ports, at: place.child("ports"))
            errors += validate(rule.to, at: place.child("to"))
        }
        if spec.policyTypes.count > types.count {
            errors.append(
                .invalid(
                    path.child("policyTypes"), .array(spec.policyTypes.map(JSON.string)),
                    "may not specify more than two policyTypes"))
            return errors
        }
        for (index, type) in spec.policyTypes.enumerated() {
            errors += Check.supported(type, types, at: path.child("policyTypes").index(index))
        }
        return errors
    }

    private static func validate(_ ports: [NetworkPolicyPort], at list: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (index, port) in ports.enumerated() {
            let place = list.index(index)
            if let name = port.protocol {
                errors += Check.supported(name, ["TCP", "UDP", "SCTP"], at: place.child("protocol"))
            }
            let field = place.child("endPort")
            switch port.port {
            case .int(let number)?:
                errors += Check.port(number, at: place.child("port"))
                guard let end = port.endPort else { continue }
                if end < number { errors.append(.invalid(field, number, "must be greater than or equal to `port`")) }
                errors += Check.port(end, at: field)
            case .string(let name)?:
                if let end = port.endPort {
                    errors.append(.invalid(field, end, "may not be specified when `port` is non-numeric"))
                }
                errors += Names.portName(name).map { .invalid(place.child("port"), name, $0) }
            case nil:
                if let end = port.endPort {
                    errors.append(.invalid(field, end, "may not be specified when `port` is not specified"))
                }
            }
        }
        return errors
    }

    private static func validate(_ peers: [NetworkPolicyPeer], at list: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (index, peer) in peers.enumerated() {
            let place = list.index(index)
            for name in ["podSelector", "namespaceSelector"] {
                guard let selector = peer.json[name]?.objectValue else { continue }
                errors += Selector.validate(labelSelector: selector, at: place.child(name))
            }
            let selects = peer.podSelector != nil || peer.namespaceSelector != nil
            if let block = peer.ipBlock {
                errors += validate(block, at: place.child("ipBlock"))
                if selects { errors.append(.forbidden(place, "may not specify both ipBlock and another peer")) }
            } else if !selects {
                errors.append(.required(place, "must specify a peer"))
            }
        }
        return errors
    }

    private static func validate(_ block: IPBlock, at place: FieldPath) -> [FieldError] {
        guard !block.cidr.isEmpty else { return [.required(place.child("cidr"))] }
        var errors = cidr(block.cidr, at: place.child("cidr"))
        guard let outer = CIDR(block.cidr) else { return errors }
        for (index, text) in block.except.enumerated() {
            let field = place.child("except").index(index)
            errors += cidr(text, at: field)
            guard let inner = CIDR(text) else { continue }
            if !outer.contains(inner.address) || outer.length >= inner.length {
                errors.append(.invalid(field, text, "must be a strict subset of `cidr`"))
            }
        }
        return errors
    }

    /// Policies of old may name an address within a range.
    private static func cidr(_ text: String, at place: FieldPath) -> [FieldError] {
        CIDR(text) == nil
            ? [.invalid(place, text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")] : []
    }
}
