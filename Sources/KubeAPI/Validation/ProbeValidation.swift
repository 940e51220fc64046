import Machinery

/// Probes and lifecycle handlers of a container: each does exactly one thing.
enum ProbeValidation {
    static func validate(_ container: Container, of spec: PodSpec, at path: FieldPath) -> [FieldError] {
        let grace = spec.terminationGracePeriodSeconds
        var errors = validate(container.livenessProbe, at: path.child("livenessProbe"), onlyOneSuccess: true)
        errors += validate(container.readinessProbe, at: path.child("readinessProbe"), onlyOneSuccess: false)
        errors += validate(container.startupProbe, at: path.child("startupProbe"), onlyOneSuccess: true)
        guard let lifecycle = container.lifecycle else { return errors }
        if let handler = lifecycle.postStart {
            errors += validate(handler: handler.json, at: path.child("lifecycle", "postStart"), grace: grace)
        }
        if let handler = lifecycle.preStop {
            errors += validate(handler: handler.json, at: path.child("lifecycle", "preStop"), grace: grace)
        }
        if lifecycle.stopSignal != nil, spec.os == nil {
            errors.append(
                .forbidden(
                    path.child("lifecycle", "stopSignal"),
                    "may not be set for containers with empty `spec.os.name`"))
        }
        return errors
    }

    private static func validate(
        _ probe: Probe?, at place: @autoclosure () -> FieldPath, onlyOneSuccess: Bool
    ) -> [FieldError] {
        guard let probe else { return [] }
        let path = place()
        var errors = validate(handler: probe.json, at: path)
        errors += Check.notNegative(probe.initialDelaySeconds, at: path.child("initialDelaySeconds"))
        errors += Check.notNegative(probe.timeoutSeconds, at: path.child("timeoutSeconds"))
        errors += Check.notNegative(probe.periodSeconds, at: path.child("periodSeconds"))
        errors += Check.notNegative(probe.successThreshold, at: path.child("successThreshold"))
        errors += Check.notNegative(probe.failureThreshold, at: path.child("failureThreshold"))
        if onlyOneSuccess, let count = probe.successThreshold, count != 1 {
            errors.append(.invalid(path.child("successThreshold"), count, "must be 1"))
        }
        return errors
    }

    private static func validate(
        handler: JSONObject, at path: FieldPath, grace: Int64? = nil
    ) -> [FieldError] {
        var errors: [FieldError] = []
        var hasKind = false
        for kind in ["exec", "httpGet", "tcpSocket", "grpc", "sleep"] where handler.contains(kind) {
            if hasKind { errors.append(.forbidden(path.child(kind), "may not specify more than 1 handler type")) }
            hasKind = true
        }
        guard hasKind else { return [.required(path, "must specify a handler type")] }
        if let exec = handler["exec"]?.objectValue, exec.strings("command").isEmpty {
            errors.append(.required(path.child("exec", "command")))
        }
        if let get = handler["httpGet"]?.objectValue {
            let place = path.child("httpGet")
            if (get.string("path") ?? "").isEmpty { errors.append(.required(place.child("path"))) }
            errors += Check.port(get.intOrString("port"), at: place.child("port"))
            errors += Check.oneOf(get.string("scheme"), ["HTTP", "HTTPS"], at: place.child("scheme"))
        }
        if let sleep = handler["sleep"]?.objectValue, let grace {
            let seconds = sleep.int64("seconds") ?? 0
            if seconds < 0 || seconds > grace {
                errors.append(
                    .invalid(
                        path.child("sleep"), seconds,
                        "must be non-negative and less than terminationGracePeriodSeconds (\(grace))"))
            }
        }
        if let socket = handler["tcpSocket"]?.objectValue {
            errors += Check.port(socket.intOrString("port"), at: path.child("tcpSocket", "port"))
        }
        if let grpc = handler["grpc"]?.objectValue {
            errors += Check.port(grpc.int32("port") ?? 0, at: path.child("grpc", "port"))
        }
        return errors
    }
}
