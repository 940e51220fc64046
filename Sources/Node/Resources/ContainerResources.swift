import CRI
import KubeAPI
import Machinery

/// A container's requests and limits in the terms of the runtime.
package enum ContainerResources {
    package static func linux(
        _ container: Container, pod: Pod, memoryCapacity: Int64
    ) -> RuntimeV1.LinuxContainerResources {
        let requests = container.resources?.requests ?? [:]
        let limits = container.resources?.limits ?? [:]
        var resources = RuntimeV1.LinuxContainerResources()
        // Without a request the limit counts as one.
        let cpu = requests["cpu"] ?? limits["cpu"]
        resources.cpuShares = CPUShares.shares(milliCPU: cpu?.milliValue ?? 0)
        let quota = CPUShares.quota(milliCPU: limits["cpu"]?.milliValue ?? 0)
        if quota > 0 {
            resources.cpuQuota = quota
            resources.cpuPeriod = CPUShares.period
        }
        if let memory = limits["memory"]?.value, memory > 0 { resources.memoryLimitInBytes = memory }
        resources.oomScoreAdj = oomScore(
            container, pod: pod, request: requests["memory"] ?? limits["memory"], memoryCapacity: memoryCapacity)
        resources.hugepageLimits = limits.compactMap { name, quantity in
            guard name.hasPrefix("hugepages-") else { return nil }
            var limit = RuntimeV1.HugepageLimit()
            limit.pageSize = name.dropFirst("hugepages-".count).replacing("i", with: "") + "B"
            limit.limit = quantity.value
            return limit
        }
        return resources
    }

    /// Who goes first when memory runs out: 1000 first, -997 almost never.
    static func oomScore(_ container: Container, pod: Pod, request: Quantity?, memoryCapacity: Int64) -> Int64 {
        if pod.spec.priorityClassName == "system-node-critical" { return -997 }
        switch QoSClass(pod) {
        case .guaranteed: return -997
        case .bestEffort: return 1000
        case .burstable:
            guard memoryCapacity > 0 else { return 999 }
            let share = Int64(clamping: Int128(1000) * Int128(max(request?.value ?? 0, 0)) / Int128(memoryCapacity))
            return min(max(1000 - share, 3), 999)
        }
    }
}
