import Client
import KubeAPI
import Machinery

extension AutoscalerController {
    /// What is scaled, and how many replicas it has.
    private struct Subject: Sendable {
        let resource: GroupVersionResource
        let key: ObjectKey
        var scale: Scale
        var current: Int32 { scale.spec.replicas ?? 0 }
    }

    /// The count to go to, and why.
    private struct Wish: Sendable {
        var replicas: Int32
        var reason: String
        var metrics: [MetricStatus] = []
    }

    /// Finds out how many replicas there should be and asks for them.
    func scale(_ pass: inout AutoscalerPass) async throws(MetricFailure) {
        var subject = try await find(&pass)
        pass.set(
            "AbleToScale", true, "SucceededGetScale",
            "the HPA controller was able to get the target's current scale")
        var record = memory.record(pass.autoscaler.key) ?? ScalingRecord(current: subject.current, now: pass.now)
        let outcome = await wish(&pass, subject, &record)
        memory.keep(record, pass.autoscaler.key)
        guard let wish = try outcome.get(), wish.replicas != subject.current else { return }
        let current = subject.current
        let result = await write(wish.replicas, &subject)
        if case .failure(let error) = result {
            warn(
                pass, "FailedRescale",
                "New size: \(wish.replicas); reason: \(wish.reason); error: \(error.message)")
            pass.set(
                "AbleToScale", false, "FailedUpdateScale",
                "the HPA controller was unable to update the target scale: \(error.message)")
            pass.setCounts(current: current, desired: pass.autoscaler.status.desiredReplicas, wish.metrics)
            throw MetricFailure("failed to rescale \(pass.target): \(error.message)")
        }
        pass.set(
            "AbleToScale", true, "SucceededRescale",
            "the HPA controller was able to update the target scale to \(wish.replicas)")
        recorder.event(
            pass.autoscaler, reason: "SuccessfulRescale",
            message: "New size: \(wish.replicas); reason: \(wish.reason)")
        if let behavior = pass.spec.behavior {
            record.note(from: current, to: wish.replicas, ScalingRules(behavior, settings), now: pass.now)
            memory.keep(record, pass.autoscaler.key)
        }
        noteZero(&pass, from: current, to: wish.replicas)
        pass.updated.status.lastScaleTime = pass.now.inSeconds
    }

    private func find(_ pass: inout AutoscalerPass) async throws(MetricFailure) -> Subject {
        let reference = pass.spec.scaleTargetRef
        let key = ObjectKey(namespace: pass.autoscaler.namespace, name: reference.name)
        let failure: (message: String, error: String)
        if let version = GroupVersion(apiVersion: reference.apiVersion ?? "v1") {
            do throws(StatusError) {
                let kind = GroupVersionKind(group: version.group, version: version.version, kind: reference.kind)
                if let target = try await scales.target(of: kind) {
                    return Subject(
                        resource: target.resource, key: key, scale: try await scales.get(target.resource, key))
                }
                let what = "no matches for kind \(GoQuote.quote(kind.kind)) in group \(GoQuote.quote(kind.group))"
                failure = (what, "unable to determine resource for scale target reference: \(what)")
            } catch {
                failure = (error.message, "failed to query scale subresource for \(pass.target): \(error.message)")
            }
        } else {
            let what = "unexpected GroupVersion string: \(reference.apiVersion ?? "")"
            failure = (what, "invalid API version in scale target reference: \(what)")
        }
        warn(pass, "FailedGetScale", failure.message)
        pass.set(
            "AbleToScale", false, "FailedGetScale",
            "the HPA controller was unable to get the target's current scale: \(failure.message)")
        throw MetricFailure(failure.error)
    }

    /// - Returns: `nil` when nothing is to be done, with the status set either way.
    private func wish(
        _ pass: inout AutoscalerPass, _ subject: Subject, _ record: inout ScalingRecord
    ) async -> Result<Wish?, MetricFailure> {
        let current = subject.current
        let wasScaledToZero = features.scaleToZero && pass.has("ScaledToZero")
        var wish: Wish
        if current == 0, !wasScaledToZero || (pass.minimum == 0 && !pass.hasOutsideMetrics) {
            pass.set(
                "ScalingActive", false, "ScalingDisabled",
                "scaling is disabled since the replica count of the target is zero")
            if !features.scaleToZero { pass.remove("ScaledToZero") }
            pass.setCounts(current: current, desired: current, [])
            return .success(nil)
        } else if current > pass.spec.maxReplicas {
            wish = Wish(
                replicas: pass.spec.maxReplicas, reason: "Current number of replicas above Spec.MaxReplicas")
        } else if current != 0, current < pass.minimum {
            wish = Wish(replicas: pass.minimum, reason: "Current number of replicas below Spec.MinReplicas")
        } else {
            let computed = await compute(&pass, subject.scale)
            guard let replicas = computed.replicas else {
                pass.setCounts(
                    current: current, desired: pass.autoscaler.status.desiredReplicas, computed.statuses)
                let why = computed.failure?.description ?? ""
                warn(pass, "FailedComputeMetricsReplicas", why)
                return .failure(
                    MetricFailure(
                        "failed to compute desired number of replicas based on listed metrics for \(pass.target): "
                            + why))
            }
            // Some metrics may be missing, and the others still be good enough.
            if let failure = computed.failure { context.log.report(name, "\(pass.autoscaler.key): \(failure)") }
            var reason = ""
            if replicas > current { reason = "\(computed.metric) above target" }
            if replicas < current { reason = "All metrics below target" }
            wish = Wish(replicas: normalize(replicas, current, &pass, &record), reason: reason)
            wish.metrics = computed.statuses
            if current == 0, pass.minimum != 0, wasScaledToZero, wish.replicas < pass.minimum {
                wish.replicas = pass.minimum
                if reason.isEmpty { wish.reason = "Current number of replicas below Spec.MinReplicas" }
            }
        }
        pass.setCounts(current: current, desired: wish.replicas, wish.metrics)
        return .success(wish)
    }

    /// Damps and limits what the metrics ask for.
    private func normalize(
        _ desired: Int32, _ current: Int32, _ pass: inout AutoscalerPass, _ record: inout ScalingRecord
    ) -> Int32 {
        let stable: ScalingRecord.Decision
        let limited: ScalingRecord.Decision
        let maximum = pass.spec.maxReplicas
        if let behavior = pass.spec.behavior {
            let rules = ScalingRules(behavior, settings)
            stable = record.stabilize(
                desired, current: current, up: rules.up.window, down: rules.down.window, now: pass.now)
            limited = record.limit(
                stable.replicas, current: current, minimum: pass.minimum, maximum: maximum, rules, now: pass.now)
        } else {
            stable = record.stabilize(desired, window: settings.downscaleStabilization, now: pass.now)
            limited = ScalingRecord.limit(
                stable.replicas, current: current, minimum: pass.minimum, maximum: maximum)
        }
        pass.set("AbleToScale", true, stable.reason, stable.message)
        pass.set("ScalingLimited", limited.replicas != stable.replicas, limited.reason, limited.message)
        return limited.replicas
    }

    /// Sends the count, with the newest scale should it have changed meanwhile.
    private func write(_ replicas: Int32, _ subject: inout Subject) async -> Result<Void, StatusError> {
        var last = Result<Void, StatusError>.success(())
        for _ in 0..<5 {
            subject.scale.spec.replicas = replicas
            last = await attempt(subject)
            guard case .failure(let error) = last, error.isConflict else { return last }
            guard let fresh = await refreshed(subject) else { return last }
            subject = fresh
        }
        return last
    }

    private func attempt(_ subject: Subject) async -> Result<Void, StatusError> {
        do throws(StatusError) {
            _ = try await scales.update(subject.resource, subject.key, subject.scale)
            return .success(())
        } catch {
            return .failure(error)
        }
    }

    private func refreshed(_ subject: Subject) async -> Subject? {
        do throws(StatusError) {
            var fresh = subject
            fresh.scale = try await scales.get(subject.resource, subject.key)
            return fresh
        } catch {
            // The conflict is what is told.
            return nil
        }
    }

    /// Remembers in the status whether it was this controller that took the last replica: only then may it add one.
    private func noteZero(_ pass: inout AutoscalerPass, from current: Int32, to desired: Int32) {
        guard features.scaleToZero else { return pass.remove("ScaledToZero") }
        if current > 0, desired == 0, pass.minimum == 0, pass.hasOutsideMetrics {
            pass.set("ScaledToZero", true, "ScaledToZero", "the HPA controller scaled the workload to zero")
        } else {
            pass.set(
                "ScaledToZero", false, "NotScaledToZero", "the HPA controller did not scale the workload to zero")
        }
    }
}

extension AutoscalerPass {
    /// Metrics that exist without any pod.
    var hasOutsideMetrics: Bool { spec.metrics.contains { $0.type == "Object" || $0.type == "External" } }
}
