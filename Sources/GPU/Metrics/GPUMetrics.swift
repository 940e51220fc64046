import Metrics

/// What a machine's GPUs do, under the names and labels of NVIDIA's DCGM exporter, so that dashboards and alerts made
/// for it work.
package struct GPUMetrics: MetricCollector {
    /// Who has a GPU.
    package struct Holder: Hashable, Sendable {
        package var pod: String
        package var namespace: String
        package var container: String

        package init(pod: String, namespace: String, container: String) {
            self.pod = pod
            self.namespace = namespace
            self.container = container
        }
    }

    private static let labels = [
        "gpu", "UUID", "pci_bus_id", "device", "modelName", "Hostname", "container", "namespace", "pod",
    ]
    private static let families: [(MetricFamily, @Sendable (GPUReading) -> Double)] = [
        (gauge("DCGM_FI_DEV_SM_CLOCK", "SM clock frequency (in MHz)."), { Double($0.clockMHz) }),
        (gauge("DCGM_FI_DEV_MEM_CLOCK", "Memory clock frequency (in MHz)."), { Double($0.memoryClockMHz) }),
        (gauge("DCGM_FI_DEV_GPU_TEMP", "GPU temperature (in C)."), { Double($0.temperature) }),
        (gauge("DCGM_FI_DEV_POWER_USAGE", "Power draw (in W)."), { $0.powerWatts }),
        (gauge("DCGM_FI_DEV_GPU_UTIL", "GPU utilization (in %)."), { Double($0.utilization) }),
        (gauge("DCGM_FI_DEV_XID_ERRORS", "Value of the last XID error encountered."), { Double($0.xid) }),
        (gauge("DCGM_FI_DEV_FB_FREE", "Framebuffer memory free (in MiB)."), { Double($0.memoryFreeMiB) }),
        (gauge("DCGM_FI_DEV_FB_USED", "Framebuffer memory used (in MiB)."), { Double($0.memoryUsedMiB) }),
    ]

    private let rows: [(labels: [String], reading: GPUReading)]

    /// - Parameter holders: by the GPU's UUID.
    package init(_ source: any GPUSource, hostname: String, holders: [String: Holder]) {
        rows = source.devices.map { device in
            let holder = holders[device.uuid]
            var labels = [
                String(device.index), device.uuid, device.busID, "nvidia\(device.index)", device.model, hostname,
            ]
            // A GPU that nobody has goes without the last three.
            if let holder { labels += [holder.container, holder.namespace, holder.pod] }
            return (labels, source.reading(device, isHeld: holder != nil))
        }
    }

    package func collect(into writer: inout MetricWriter) {
        for (family, value) in Self.families {
            writer.begin(family)
            for row in rows { writer.sample(value(row.reading), row.labels) }
        }
    }

    private static func gauge(_ name: String, _ help: String) -> MetricFamily {
        MetricFamily(name, .gauge, help, labels: labels)
    }
}
