/// Why a volume cannot be set up; the words of the pod's `FailedMount` event.
package struct VolumeError: Error, Hashable, Sendable, CustomStringConvertible {
    package let volume: String
    package let cause: String

    package init(_ volume: String, _ cause: String) {
        self.volume = volume
        self.cause = cause
    }

    package var description: String { "MountVolume.SetUp failed for volume \"\(volume)\" : \(cause)" }
}
