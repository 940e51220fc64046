/// What a node costs by its parts, in the currency of the price sheet.
package struct NodeRate: Codable, Hashable, Sendable {
    /// Of each GPU, each core and each GiB of memory, for an hour.
    package var gpuHour: Double
    package var coreHour: Double
    package var gibHour: Double

    package init(gpuHour: Double, coreHour: Double, gibHour: Double) {
        self.gpuHour = gpuHour
        self.coreHour = coreHour
        self.gibHour = gibHour
    }

    package func hour(gpus: Double, cores: Double, gib: Double) -> Double {
        gpus * gpuHour + cores * coreHour + gib * gibHour
    }
}
