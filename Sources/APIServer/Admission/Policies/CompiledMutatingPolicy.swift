import CEL
import KubeAPI
import Machinery
import Synchronization

/// A MutatingAdmissionPolicy, read once; its expressions are compiled when the first request matches.
final class CompiledMutatingPolicy: Sendable {
    enum Change: Sendable {
        /// Gives the part of an object that is merged into it.
        case apply(AdmissionExpression)
        /// Gives a list of JSON patch operations.
        case patch(AdmissionExpression)
    }

    final class Programs: Sendable {
        let shared: PolicyPrograms
        let changes: [Change]

        init(_ core: PolicyCore, _ mutations: [Mutation]) {
            var shared = core.programs(buildsObjects: true)
            changes = mutations.compactMap { mutation in
                switch mutation.patchType {
                case "ApplyConfiguration":
                    .apply(
                        shared.compile(
                            mutation.applyConfiguration?.expression ?? "", as: [PolicyTypes.applyConfiguration]))
                case "JSONPatch":
                    .patch(shared.compile(mutation.jsonPatch?.expression ?? "", as: [PolicyTypes.jsonPatch]))
                default: nil
                }
            }
            self.shared = shared
        }
    }

    let core: PolicyCore
    let isReinvocable: Bool
    private let mutations: [Mutation]
    private let compiled = AtomicLazyReference<Programs>()

    init(_ json: JSONObject) {
        core = PolicyCore(json)
        let spec = MutatingAdmissionPolicy(json: json).spec
        isReinvocable = spec.reinvocationPolicy == "IfNeeded"
        mutations = spec.mutations
    }

    var programs: Programs { compiled.load() ?? compiled.storeIfNil(Programs(core, mutations)) }
}
