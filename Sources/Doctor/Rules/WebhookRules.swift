import KubeAPI

/// Admission webhooks that nothing passes, as nobody answers for them.
enum WebhookRules {
    private struct Hook {
        let configuration: ObjectName
        let name: String
        let service: (namespace: String, name: String)
    }

    static func examine(_ picture: ClusterPicture) -> [Finding] {
        hooks(picture).compactMap { hook in
            let service = picture.services.first {
                $0.namespace == hook.service.namespace && $0.name == hook.service.name
            }
            let isAnswered = picture.endpointSlices.contains { slice in
                slice.namespace == hook.service.namespace
                    && slice.labels["kubernetes.io/service-name"] == hook.service.name
                    && slice.endpoints.contains { $0.conditions?.ready != false }
            }
            guard service == nil || !isAnswered else { return nil }
            let place = "\(hook.service.namespace)/\(hook.service.name)"
            return Finding(
                .webhookFailed, hook.configuration,
                "Webhook \(hook.name) must agree to writes, but service \(place) "
                    + (service == nil ? "is not there." : "has no pod that is ready."),
                evidence: [Evidence("webhook \(hook.name)", "failurePolicy Fail, service \(place)")],
                next: [
                    "kubectl -n \(hook.service.namespace) get service,endpointslices,pods",
                    hook.configuration.describe,
                ])
        }
    }

    private static func hooks(_ picture: ClusterPicture) -> [Hook] {
        var hooks: [Hook] = []
        for configuration in picture.validatingWebhooks {
            for webhook in configuration.webhooks where webhook.failurePolicy != "Ignore" {
                guard let service = webhook.clientConfig.service else { continue }
                hooks.append(
                    Hook(
                        configuration: configuration.objectName, name: webhook.name,
                        service: (service.namespace, service.name)))
            }
        }
        for configuration in picture.mutatingWebhooks {
            for webhook in configuration.webhooks where webhook.failurePolicy != "Ignore" {
                guard let service = webhook.clientConfig.service else { continue }
                hooks.append(
                    Hook(
                        configuration: configuration.objectName, name: webhook.name,
                        service: (service.namespace, service.name)))
            }
        }
        return hooks
    }
}
