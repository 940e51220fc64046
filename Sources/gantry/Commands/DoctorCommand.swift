import ArgumentParser
import Client
import Doctor
import KubeAPI
import Machinery

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Says what is wrong, how that shows, and what to type next.",
        discussion: """
            Looks at an object, a namespace or the whole cluster, changes nothing, and reads no Secret:
              gantry doctor
              gantry doctor -n shop
              gantry doctor deployment/web -n shop
              gantry doctor node gpu-1
            Exits with 0 when nothing is wrong, and with 1 when something is.
            """)

    @OptionGroup var options: DataOptions

    @Option(
        help: "How to reach the API server; the KUBECONFIG variable's file, or this machine's cluster, unless given.")
    var kubeconfig: String?

    @Option(name: .shortAndLong, help: "The namespace; all of them unless given, \"default\" for an object.")
    var namespace: String?

    @Option(help: "text or json.")
    var output = OutputFormat.text

    @Argument(help: "An object: KIND/NAME or KIND NAME.")
    var object: [String] = []

    func run() async throws {
        let client = try AdminClient.make(kubeconfig: kubeconfig, options.folder, agent: "gantry-doctor")
        let scope = try await scope(client)
        let (picture, gaps) = await PictureReader(client).read(scope, now: SystemWallClock().now)
        let findings = Doctor.examine(picture, scope)
        let report = DoctorReport(findings, gaps: gaps)
        switch output {
        case .text: print(report.text, terminator: "")
        case .json: print(report.json)
        }
        if !findings.isEmpty { throw ExitCode.failure }
    }

    private func scope(_ client: Client) async throws -> Doctor.Scope {
        let words = object.flatMap { $0.split(separator: "/", omittingEmptySubsequences: false).map(String.init) }
        switch words.count {
        case 0: return namespace.map { .namespace($0) } ?? .cluster
        case 2: break
        default: throw ValidationError("an object is KIND/NAME or KIND NAME")
        }
        guard let kind = Self.kinds[words[0].lowercased()] else {
            throw ValidationError("\"\(words[0])\" is no kind that is looked at; those are \(Self.known)")
        }
        let isNamespaced = !["Node", "Namespace"].contains(kind)
        let name = ObjectName(kind, isNamespaced ? namespace ?? "default" : "", words[1])
        guard try await isThere(name, client) else {
            throw CommandFailure("there is no \(name)\(isNamespaced ? " in namespace \(name.namespace)" : "")")
        }
        return .object(name)
    }

    private func isThere(_ name: ObjectName, _ client: Client) async throws -> Bool {
        guard let resource = Self.resources[name.kind] else { return true }
        do {
            _ = try await client.resource(resource).metadata.get(ObjectKey(namespace: name.namespace, name: name.name))
            return true
        } catch {
            guard error.reason == .notFound else { throw error }
            return false
        }
    }

    private static let resources: [String: GroupVersionResource] = [
        "Pod": Pod.resource, "Node": Node.resource, "Namespace": Namespace.resource, "Service": Service.resource,
        "Deployment": Deployment.resource, "ReplicaSet": ReplicaSet.resource, "StatefulSet": StatefulSet.resource,
        "DaemonSet": DaemonSet.resource, "Job": Job.resource, "Ingress": Ingress.resource,
        "PersistentVolumeClaim": PersistentVolumeClaim.resource,
        "PodDisruptionBudget": PodDisruptionBudget.resource,
        "HorizontalPodAutoscaler": HorizontalPodAutoscaler.resource, "ModelService": ServedModel.resource,
        "InferencePool": ModelPool.resource,
    ]

    /// As `kubectl` takes them: singular, plural and short.
    private static let kinds: [String: String] = {
        let short = [
            "po": "Pod", "no": "Node", "ns": "Namespace", "svc": "Service", "deploy": "Deployment", "rs": "ReplicaSet",
            "sts": "StatefulSet", "ds": "DaemonSet", "ing": "Ingress", "pvc": "PersistentVolumeClaim",
            "pdb": "PodDisruptionBudget", "hpa": "HorizontalPodAutoscaler", "msvc": "ModelService",
        ]
        return resources.reduce(into: short) { names, entry in
            names[entry.key.lowercased()] = entry.key
            names[entry.value.resource] = entry.key
        }
    }()

    private static var known: String { resources.keys.map { $0.lowercased() }.sorted().joined(separator: ", ") }
}
