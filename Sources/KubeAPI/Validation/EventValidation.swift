import Machinery

package enum EventValidation {
    package static func validate(_ event: Event) -> [FieldError] {
        let wanted = event.involvedObject.namespace ?? ""
        // Events of objects that are in no namespace are kept in the default one.
        let fits =
            wanted.isEmpty
            ? event.namespace == "default" || event.namespace == "kube-system" : wanted == event.namespace
        if fits { return [] }
        return [
            .invalid(
                FieldPath("involvedObject").child("namespace"), wanted, "does not match event.namespace")
        ]
    }
}
