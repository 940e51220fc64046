/// A GPU of this machine: what does not change about it.
package struct GPUDevice: Hashable, Sendable {
    package var index: Int
    /// `GPU-` and a UUID, as NVIDIA's tools write it; the name under which the node hands it out.
    package var uuid: String
    package var model: String
    package var memoryMiB: Int
    /// Such as `00000000:1B:00.0`.
    package var busID: String
    /// The memory domain it is near to; nil where that is not known.
    package var numaNode: Int64?

    package init(
        index: Int, uuid: String, model: String, memoryMiB: Int, busID: String, numaNode: Int64? = nil
    ) {
        self.index = index
        self.uuid = uuid
        self.model = model
        self.memoryMiB = memoryMiB
        self.busID = busID
        self.numaNode = numaNode
    }
}
