import AdmissionRules
import Machinery
import Testing

@Suite("Admission configuration files")
struct AdmissionFileTests {
    private func settings(_ text: String, files: [String: String] = [:]) throws -> AdmissionSettings {
        struct Missing: Error {}
        var settings = AdmissionSettings()
        try settings.apply(Array(text.utf8)) { path in
            guard let text = files[path] else { throw Missing() }
            return Array(text.utf8)
        }
        return settings
    }

    private static let head = "apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n"

    @Test("Plugins read their part, within the file or beside it")
    func reading() throws {
        let settings = try settings(
            Self.head + """
                - name: PodSecurity
                  configuration:
                    apiVersion: pod-security.admission.config.k8s.io/v1
                    kind: PodSecurityConfiguration
                    defaults: {enforce: baseline, enforce-version: v1.30, audit: restricted}
                    exemptions: {usernames: [u], namespaces: [kube-system], runtimeClasses: [vm]}
                - name: EventRateLimit
                  path: events.yaml
                - name: ResourceQuota
                  configuration:
                    apiVersion: apiserver.config.k8s.io/v1
                    kind: ResourceQuotaConfiguration
                    limitedResources:
                    - resource: pods
                      matchScopes:
                      - {scopeName: PriorityClass, operator: In, values: [high]}
                """,
            files: [
                "events.yaml": """
                apiVersion: eventratelimit.admission.k8s.io/v1alpha1
                kind: Configuration
                limits:
                - {type: Server, qps: 10, burst: 20}
                - {type: User, qps: 1, burst: 2, cacheSize: 7}
                """
            ])
        let podSecurity = settings.podSecurity
        #expect(podSecurity.defaults.enforce.description == "baseline:v1.30")
        #expect(podSecurity.defaults.audit.description == "restricted:latest")
        #expect(podSecurity.defaults.warn.description == "privileged:latest")
        #expect(podSecurity.exemptNamespaces == ["kube-system"])
        #expect(
            settings.eventRates == [
                EventRateLimit(.server, perSecond: 10, burst: 20),
                EventRateLimit(.user, perSecond: 1, burst: 2, capacity: 7),
            ])
        #expect(settings.limitedResources.map(\.resource.resource) == ["pods"])
    }

    @Test(
        "What cannot be used is refused",
        arguments: [
            "kind: Other\napiVersion: v1\n", "- 1\n",
            head + "- name: LimitRanger\n  configuration: {a: b}\n",
            head
                + "- name: EventRateLimit\n  configuration:\n    apiVersion: eventratelimit.admission.k8s.io/v1alpha1\n"
                + "    kind: Configuration\n    limits: [{type: Moon, qps: 1, burst: 1}]\n",
            head + "- name: PodSecurity\n  configuration:\n    apiVersion: pod-security.admission.config.k8s.io/v1\n"
                + "    kind: PodSecurityConfiguration\n    defaults: {enforce: loose}\n",
        ])
    func refusing(_ text: String) {
        #expect(throws: AdmissionSettings.FileFlaw.self) { try settings(text) }
    }
}
