import KubeAPI

/// The namespace cannot take the whole cluster, nor all of its GPUs.
enum ResourceQuotaCheck: Check {
    static let name = "ResourceQuota"
    static let area = Review.Area.scheduling
    static let risk = "one namespace takes all GPUs"

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        guard !picture.quotas.isEmpty else { return .fail("the namespace has no ResourceQuota") }
        let hard = picture.quotas.flatMap { quota in
            quota.spec.hard.map { (quota: quota.name, resource: $0.key, amount: $0.value) }
        }
        let asksForGPUs = picture.workloads.contains(where: \.asksForGPUs)
        if asksForGPUs, !hard.contains(where: { $0.resource.hasPrefix("requests.") && Workload.isGPU($0.resource) }) {
            return .fail("no quota limits requests.nvidia.com/gpu, and pods here ask for GPUs")
        }
        let texts = hard.sorted { ($0.quota, $0.resource) < ($1.quota, $1.resource) }
        return Judgement(evidence: texts.map { "resourcequota/\($0.quota): \($0.resource) \($0.amount)" })
    }
}
