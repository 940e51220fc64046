/// What a GPU's sensors and counters say at a moment.
package struct GPUReading: Hashable, Sendable {
    /// Percent of the time in which something ran.
    package var utilization = 0
    package var memoryUsedMiB = 0
    package var memoryFreeMiB = 0
    /// Degrees Celsius.
    package var temperature = 0
    package var powerWatts = 0.0
    /// The streaming multiprocessors' and the memory's.
    package var clockMHz = 0
    package var memoryClockMHz = 0
    /// The last error that the driver reported, by NVIDIA's numbers; 0 where there was none.
    package var xid = 0

    package init() {}
}
