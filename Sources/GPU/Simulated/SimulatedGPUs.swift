import DevicePlugins
import HTTPCore
import LinuxHost
import Synchronization

/// GPUs that are not there: for machines without one, and for trying what happens when one fails.
///
/// Containers get variables that name them, as with NVIDIA's plugin, and no device file: nothing can be computed on
/// them. Numbers are plausible, not measured: a GPU that somebody has is busy, the others idle.
package final class SimulatedGPUs: GPUSource {
    private static let idleWatts = 62.0

    package let devices: [GPUDevice]
    private let powerLimit: Double
    private let faultFile: String?
    private let faults = Mutex(GPUFaults())
    /// Those who wait for a GPU that hangs.
    private let waiters = Mutex<[Int: CheckedContinuation<Void, Never>]>([:])
    private let nextWaiter = Mutex(0)
    private let report: @Sendable (String) -> Void

    /// - Parameter faultFile: see `GPUFaults`; it need not be there.
    package init(
        count: Int, model: String = "NVIDIA H100 80GB HBM3", memoryMiB: Int = 81559, powerLimit: Double = 700,
        seed: String, faultFile: String? = nil, report: @escaping @Sendable (String) -> Void
    ) {
        devices = (0..<count).map { index in
            GPUDevice(
                index: index, uuid: Self.uuid(seed, index), model: model, memoryMiB: memoryMiB,
                busID: "00000000:\(Self.hexadecimal(UInt64(0x1b + index), 2).uppercased()):00.0",
                numaNode: nil)
        }
        self.powerLimit = powerLimit
        self.faultFile = faultFile
        self.report = report
    }

    /// The same at every start, so that a node knows its GPUs again.
    private static func uuid(_ seed: String, _ index: Int) -> String {
        func hash(_ text: String) -> UInt64 {
            // FNV-1a.
            text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        }
        let digits = hexadecimal(hash("\(seed)/\(index)/0"), 16) + hexadecimal(hash("\(seed)/\(index)/1"), 16)
        var text = "GPU-"
        for (position, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(position) { text += "-" }
            text.append(digit)
        }
        return text
    }

    private static func hexadecimal(_ number: UInt64, _ digits: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    package func isHealthy(_ device: GPUDevice) -> Bool { faults.withLock { $0.isHealthy(device.index) } }

    package func reading(_ device: GPUDevice, isHeld: Bool) -> GPUReading {
        let fault = faults.withLock { $0.byIndex[device.index] } ?? GPUFaults.Fault()
        var reading = GPUReading()
        reading.utilization = fault.utilization ?? (isHeld ? 60 + device.index * 7 % 30 : 0)
        reading.memoryUsedMiB = min(device.memoryMiB, fault.memoryMiB ?? (isHeld ? device.memoryMiB / 10 * 7 : 0))
        reading.memoryFreeMiB = device.memoryMiB - reading.memoryUsedMiB
        reading.temperature = 31 + reading.utilization * 4 / 10
        reading.powerWatts = Self.idleWatts + (powerLimit - Self.idleWatts) * Double(reading.utilization) / 100
        reading.clockMHz = reading.utilization > 0 ? 1980 : 345
        reading.memoryClockMHz = 2619
        reading.xid = fault.xid ?? 0
        return reading
    }

    package func access(
        _ devices: [GPUDevice]
    ) async throws(GRPCError) -> DevicePluginV1beta1.ContainerAllocateResponse {
        while hangs(devices) {
            if Task.isCancelled { throw GRPCError(.cancelled, "the call was cancelled") }
            await waitForChange()
        }
        let names = devices.map(\.uuid).joined(separator: ",")
        var response = DevicePluginV1beta1.ContainerAllocateResponse()
        response.envs = ["NVIDIA_VISIBLE_DEVICES": names, "GANTRY_SIMULATED_GPUS": names]
        return response
    }

    private func hangs(_ devices: [GPUDevice]) -> Bool {
        faults.withLock { faults in devices.contains { faults.byIndex[$0.index]?.hangs == true } }
    }

    private func waitForChange() async {
        let number = nextWaiter.withLock { number in
            number += 1
            return number
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiters.withLock { $0[number] = continuation }
                if Task.isCancelled { wake(number) }
            }
        } onCancel: {
            wake(number)
        }
    }

    private func wake(_ number: Int) { waiters.withLock { $0.removeValue(forKey: number) }?.resume() }

    /// Takes over what is to be wrong.
    package func set(_ faults: GPUFaults) {
        self.faults.withLock { $0 = faults }
        let waiting = waiters.withLock { waiters in
            defer { waiters = [:] }
            return Array(waiters.values)
        }
        for waiter in waiting { waiter.resume() }
    }

    package func watch(_ changed: @Sendable () -> Void) async throws {
        guard let faultFile else {
            // Nothing ever changes: the end of the task is waited for.
            let (nothing, ending) = AsyncStream.makeStream(of: Void.self)
            for await _ in nothing {}
            return ending.finish()
        }
        try await FileWatch(path: faultFile).follow([]) { bytes in
            do {
                set(try GPUFaults(parsing: String(decoding: bytes, as: UTF8.self)))
                changed()
            } catch {
                report("\(faultFile): \(error)")
            }
        } onFailure: { _ in
            // No file: nothing is wrong.
            set(GPUFaults())
            changed()
        }
    }
}
