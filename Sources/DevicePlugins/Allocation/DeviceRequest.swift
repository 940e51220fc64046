/// What one container wants of one resource.
package struct DeviceRequest: Hashable, Sendable {
    package var container: String
    /// Such as `nvidia.com/gpu`.
    package var resource: String
    package var count: Int
    /// Whether the container ends before others of its pod start: they may have its devices then.
    package var isPassedOn: Bool

    package init(container: String, resource: String, count: Int, isPassedOn: Bool = false) {
        self.container = container
        self.resource = resource
        self.count = count
        self.isPassedOn = isPassedOn
    }
}
