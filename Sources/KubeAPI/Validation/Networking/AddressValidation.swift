import Machinery

package enum IPAddressValidation {
    /// The name is the address, in its one canonical form.
    package static func validateName(_ name: String) -> [String] {
        guard let address = InternetAddress(name) else {
            return ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"]
        }
        return address.description == name ? [] : ["must be in canonical form (\"\(address)\")"]
    }

    package static func validate(_ address: NetworkingIPAddress) -> [FieldError] {
        let place = FieldPath("spec").child("parentRef")
        guard address.spec.json["parentRef"] != nil else { return [.required(place)] }
        let parent = address.spec.parentRef
        var errors = Check.nameIfGiven(parent.group, at: place.child("group"), Names.dns1123Subdomain)
        errors += Check.pathSegment(parent.resource, at: place.child("resource"))
        errors += Check.pathSegment(parent.name, at: place.child("name"))
        return errors + Check.nameIfGiven(parent.namespace, at: place.child("namespace"), Names.pathSegment)
    }

    package static func validateUpdate(_ address: NetworkingIPAddress, from old: NetworkingIPAddress) -> [FieldError] {
        Check.unchanged(
            address.spec.json["parentRef"], from: old.spec.json["parentRef"], at: FieldPath("spec").child("parentRef"))
    }
}

package enum ServiceCIDRValidation {
    private static let path = FieldPath("spec").child("cidrs")

    package static func validate(_ range: ServiceCIDR) -> [FieldError] {
        let cidrs = range.spec.cidrs
        if cidrs.isEmpty { return [.required(path, "at least one CIDR required")] }
        if cidrs.count > 2 {
            return [.invalid(path, .object(range.spec.json), "may only hold up to 2 values")]
        }
        var errors = cidrs.enumerated().flatMap { Check.cidr($1, at: path.index($0)) }
        let families = cidrs.compactMap { CIDR($0)?.family }
        if families.count == 2, families[0] == families[1] {
            errors.append(
                .invalid(
                    path, .array(cidrs.map(JSON.string)),
                    "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64"))
        }
        return errors
    }

    package static func validateUpdate(_ range: ServiceCIDR, from old: ServiceCIDR) -> [FieldError] {
        let (now, before) = (range.spec.cidrs, old.spec.cidrs)
        // A second family may be added, once.
        guard now.count == before.count || before.count == 1 && now.count == 2 else {
            return [.invalid(path, .array(now.map(JSON.string)), Check.immutableText)]
        }
        return zip(now, before).enumerated().filter { $1.0 != $1.1 }.map {
            .invalid(path.index($0), $1.0, Check.immutableText)
        }
    }

    package static func validateStatus(_ range: ServiceCIDR) -> [FieldError] {
        Check.conditions(range.status.conditions, at: FieldPath("status").child("conditions"))
    }
}
