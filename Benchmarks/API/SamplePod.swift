/// A pod of about 1.3 kB as written, 5 kB with defaults: two containers, probes, volumes, environment. No node takes it.
enum SamplePod {
    static func name(_ number: Int) -> String {
        "p" + String(1_000_000 + number).dropFirst()
    }

    /// One of fifty.
    static func shard(_ number: Int) -> String {
        "s" + String(100 + number % 50).dropFirst()
    }

    static func json(_ number: Int) -> String {
        let labels = #"{"app":"bench","shard":"\#(shard(number))","tier":"backend"}"#
        let note = "an annotation of the usual length, neither long nor short"
        let annotations = #"{"example.com/owner":"team-\#(number % 7)","example.com/note":"\#(note)"}"#
        let metadata = #"{"name":"\#(name(number))","labels":\#(labels),"annotations":\#(annotations)}"#
        return #"{"apiVersion":"v1","kind":"Pod","metadata":\#(metadata),"spec":\#(spec)}"#
    }

    private static let spec = """
        {"nodeSelector":{"no-such":"node"},"terminationGracePeriodSeconds":0,\
        "volumes":[{"name":"settings","configMap":{"name":"settings"}},{"name":"scratch","emptyDir":{}}],\
        "containers":[\(main),\(beside)]}
        """

    private static let main = """
        {"name":"main","image":"registry.example/main:1","args":["--port=8080","--log=info"],\
        "ports":[{"name":"http","containerPort":8080}],\
        "env":[{"name":"ONE","value":"1"},{"name":"TWO","value":"2"},\
        {"name":"POD","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}],\
        "resources":{"requests":{"cpu":"100m","memory":"128Mi"},"limits":{"cpu":"500m","memory":"256Mi"}},\
        "volumeMounts":[{"name":"settings","mountPath":"/etc/settings"},{"name":"scratch","mountPath":"/tmp"}],\
        "readinessProbe":{"httpGet":{"path":"/healthz","port":"http"},"periodSeconds":5},\
        "livenessProbe":{"httpGet":{"path":"/healthz","port":8080}}}
        """

    private static let beside = """
        {"name":"beside","image":"registry.example/beside:1",\
        "resources":{"requests":{"cpu":"10m","memory":"32Mi"}}}
        """
}
