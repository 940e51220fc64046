import Machinery

/// What a reader of a container's log wants: the container's part of `PodLogOptions`.
package struct ContainerLogOptions: Hashable, Sendable {
    /// Which of the container's outputs.
    package enum Stream: String, Hashable, Sendable {
        case all = "All"
        case stdout = "Stdout"
        case stderr = "Stderr"
    }

    /// Go on with what is written later, until the container ends.
    package var follow = false
    /// Begin that many lines before the end of the file; nil means at the beginning.
    package var tailLines: Int?
    /// Leave out lines older than this.
    package var since: Timestamp?
    /// Put each line's time before it.
    package var timestamps = false
    /// End after that many bytes.
    package var limitBytes: Int?
    package var stream = Stream.all

    package init() {}
}
