/// Manifests that several tests use.
enum Manifest {
    /// A pod of one busybox container.
    static func pod(_ name: String, command: String, labels: String = "", extra: String = "", container: String = "")
        -> String
    {
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: \(name)
          labels: {app: \(name)\(labels.isEmpty ? "" : ", " + labels)}
        spec:
          terminationGracePeriodSeconds: 1
        \(indented(extra, 2))
          containers:
            - name: main
              image: gantry.local/busybox:1
              command: ["sh", "-c", \(quoted(command))]
        \(indented(container, 6))
        """
    }

    /// A Deployment of sleeping busybox containers that end at once when told to.
    static func deployment(_ name: String, replicas: Int, revision: String = "1") -> String {
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: \(name)
        spec:
          replicas: \(replicas)
          selector: {matchLabels: {app: \(name)}}
          template:
            metadata:
              labels: {app: \(name)}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
                - name: main
                  image: gantry.local/busybox:1
                  command: ["sh", "-c", \(quoted(sleeping))]
                  env: [{name: REVISION, value: "\(revision)"}]
        """
    }

    /// A StatefulSet of sleeping busybox containers, with the headless Service it names.
    static func statefulSet(_ name: String, replicas: Int) -> String {
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: \(name)
        spec:
          clusterIP: None
          selector: {app: \(name)}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: \(name)
        spec:
          serviceName: \(name)
          replicas: \(replicas)
          selector: {matchLabels: {app: \(name)}}
          template:
            metadata:
              labels: {app: \(name)}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
                - name: main
                  image: gantry.local/busybox:1
                  command: ["sh", "-c", \(quoted(sleeping))]
        """
    }

    /// Sleeps, and ends on SIGTERM, which process 1 of a container would ignore otherwise.
    static let sleeping = "trap 'exit 0' TERM; sleep 100000 & wait"

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
    }

    private static func indented(_ text: String, _ spaces: Int) -> String {
        text.split(separator: "\n").map { String(repeating: " ", count: spaces) + $0 }.joined(separator: "\n")
    }
}
