import Inference
import KubeAPI

/// Model servers that are to have GPUs name how many, as limits.
enum GPULimitsCheck: Check {
    static let name = "GPULimits"
    static let area = Review.Area.scheduling
    static let risk = "a replica starts without the GPU it needs"

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        guard !picture.services.isEmpty else { return nil }
        var judgement = Judgement()
        for service in picture.services {
            let deployments = picture.deployments.filter { $0.labels[InferenceNames.serviceLabel] == service.name }
            let serving = deployments.first { $0.name == service.currentRevision } ?? deployments.first
            let limits = serving?.spec.template.spec.containers.flatMap { container in
                (container.resources?.limits ?? [:]).filter { Workload.isGPU($0.key) }.map { "\($0.key) \($0.value)" }
            }
            if let limits, !limits.isEmpty {
                judgement.evidence.append("modelservice/\(service.name): limits \(limits.joined(separator: ", "))")
            } else if service.isOnCPUs {
                judgement.evidence.append("modelservice/\(service.name): spec.gpus.count is 0, it serves on CPUs")
            } else {
                judgement.problems.append("modelservice/\(service.name): no container has a limit of GPUs")
            }
        }
        return judgement
    }
}
